using Modular.Sdk;

namespace Modular.Host.Callers;

/// <summary>What every answer tells the browser to refuse. A page that serves a stranger's file sets its own, stricter policy; that one stays.</summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    public const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
        "font-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Added where a page shows stored files in itself: the browser's own viewer is an embedded document to it.</summary>
    public const string Embeds = "; object-src 'self'; frame-src 'self'";

    /// <summary>For a page whose form sends the browser on to another site, which browsers hold to be part of the form's way.</summary>
    /// <param name="origin">A whole origin that was judged before.</param>
    public static string FormsLeadTo(string origin) => Policy.Replace("form-action 'self'", $"form-action 'self' {origin}", StringComparison.Ordinal);

    private const string Permissions = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), " +
        "payment=(), usb=(), publickey-credentials-create=(self), publickey-credentials-get=(self)";

    public Task InvokeAsync(HttpContext http)
    {
        // At the start of the answer: the error page begins by clearing all headers.
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.TryAdd("Content-Security-Policy", http.GetEndpoint()?.Metadata.GetMetadata<ShowsFilesAttribute>() is null ? Policy : Policy + Embeds);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            // The address of a public page may hold a link.
            headers.TryAdd("Referrer-Policy", PublicRequest.Of(http) is null ? "same-origin" : "no-referrer");
            headers.TryAdd("X-Robots-Tag", "noindex, nofollow, noarchive");
            headers.TryAdd("Permissions-Policy", Permissions);
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
            if (http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
            {
                // Pages hold patient data: a shared desk's browser must not keep them.
                headers.TryAdd("Cache-Control", "no-store");
            }

            if (http.Request.IsHttps)
            {
                headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
            }

            return Task.CompletedTask;
        });
        return next(http);
    }
}
