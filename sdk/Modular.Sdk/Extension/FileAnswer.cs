using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Modular.Sdk;

/// <summary>A file as an answer of a page that has judged who may see it: in a tab or a preview, so that whatever it holds can do nothing.</summary>
/// <example><code>return await FileAnswer.ShowAsync(this, files, document.FileId, ct);</code></example>
public static class FileAnswer
{
    /// <summary>A stored file; 404 when it is gone.</summary>
    public static async Task<IActionResult> ShowAsync(Slice slice, IFiles files, Guid id, CancellationToken ct) =>
        await files.FindAsync(id, ct) is { } file ? Of(slice.Response, file, await files.OpenAsync(file.Id, ct)) : slice.NotFound();

    /// <summary>The same, where the page has opened it.</summary>
    public static FileStreamResult Of(HttpResponse response, StoredFile file, Stream content)
    {
        var disposition = new ContentDispositionHeaderValue(IsShown(file.Type) ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        Guard(response, file.Type);
        return new(content, file.Type);
    }

    /// <summary>What was put together for this look: pages of a file.</summary>
    public static FileContentResult Of(HttpResponse response, byte[] content, string type)
    {
        Guard(response, type);
        return new(content, type);
    }

    /// <summary>In the browser itself; all else is handed out to be saved.</summary>
    public static bool IsShown(string type) => type == "application/pdf" || type.StartsWith("image/", StringComparison.Ordinal);

    private static void Guard(HttpResponse response, string type)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        // Browsers show no PDF inside a sandbox; with no source allowed, a PDF can do as little.
        response.Headers.ContentSecurityPolicy =
            type == "application/pdf" ? "default-src 'none'; object-src 'self'; frame-ancestors 'self'" : "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, no-store";
    }
}
