using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Modular.Sdk;

namespace Modular.Host.Files;

/// <summary>A stored file as an answer, so that whatever it holds can do nothing in the browser.</summary>
public static class FileAnswer
{
    public static FileStreamResult Of(HttpResponse response, StoredFile file, Stream content)
    {
        var disposition = new ContentDispositionHeaderValue(IsShown(file.Type) ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        // Browsers show no PDF inside a sandbox; with no source allowed, a PDF can do as little.
        response.Headers.ContentSecurityPolicy =
            file.Type == "application/pdf" ? "default-src 'none'; object-src 'self'; frame-ancestors 'self'" : "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, no-store";
        return new(content, file.Type);
    }

    /// <summary>In the browser itself; all else is handed out to be saved.</summary>
    public static bool IsShown(string type) => type == "application/pdf" || type.StartsWith("image/", StringComparison.Ordinal);
}
