using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Modular.Sdk;

namespace Modular.Patients;

/// <summary>Shows a stored file in a tab or preview, so that whatever it holds can do nothing.</summary>
public static class StoredFiles
{
    public static async Task<IActionResult> ShowAsync(Slice slice, IFiles files, Guid id, CancellationToken ct)
    {
        if (await files.FindAsync(id, ct) is not { } file)
        {
            return slice.NotFound();
        }

        var shown = file.Type == "application/pdf" || file.Type.StartsWith("image/", StringComparison.Ordinal);
        var disposition = new ContentDispositionHeaderValue(shown ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        var headers = slice.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.XContentTypeOptions = "nosniff";
        // Browsers show no PDF inside a sandbox; with no source allowed, a PDF can do as little.
        headers.ContentSecurityPolicy = file.Type == "application/pdf" ? "default-src 'none'; object-src 'self'; frame-ancestors 'self'" : "default-src 'none'; sandbox";
        headers.CacheControl = "private, no-store";
        return slice.File(await files.OpenAsync(file.Id, ct), file.Type);
    }
}
