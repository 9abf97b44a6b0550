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
        slice.Response.Headers.ContentDisposition = disposition.ToString();
        Guard(slice, file.Type);
        return slice.File(await files.OpenAsync(file.Id, ct), file.Type);
    }

    /// <summary>The same for what was put together for this look: pages of a file.</summary>
    public static IActionResult Show(Slice slice, byte[] content, string type)
    {
        Guard(slice, type);
        return slice.File(content, type);
    }

    private static void Guard(Slice slice, string type)
    {
        var headers = slice.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        // Browsers show no PDF inside a sandbox; with no source allowed, a PDF can do as little.
        headers.ContentSecurityPolicy = type == "application/pdf" ? "default-src 'none'; object-src 'self'; frame-ancestors 'self'" : "default-src 'none'; sandbox";
        headers.CacheControl = "private, no-store";
    }
}
