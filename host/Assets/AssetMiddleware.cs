using Modular.Host.Practices;

namespace Modular.Host.Assets;

/// <summary>
/// Serves <c>/_theme/{theme}/{hash}/{file}</c> and <c>/_content/{module}/{hash}/{file}</c>. It stands before sign-in: styles hold nothing secret,
/// and fetching one is no sign of a person at work. A module that is off has no files.
/// </summary>
public sealed class AssetMiddleware(RequestDelegate next, AssetStore assets)
{
    public Task InvokeAsync(HttpContext http, ScopeContext scope)
    {
        var theme = http.Request.Path.StartsWithSegments("/_theme", out var rest);
        if (!theme && !http.Request.Path.StartsWithSegments("/_content", out rest))
        {
            return next(http);
        }

        var parts = rest.Value!.Split('/', 4);
        var asset = parts.Length == 4 && (theme || (scope.HasPractice && scope.Practice.IsOn(parts[1]))) ? assets.Find(parts[1], parts[3], theme) : null;
        if (asset is null || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return SendAsync(http, asset, exact: parts[2] == asset.Hash);
    }

    private static Task SendAsync(HttpContext http, Asset asset, bool exact)
    {
        var response = http.Response;
        var tag = $"\"{asset.Hash}\"";
        response.Headers.ETag = tag;
        response.Headers.Vary = "Accept-Encoding";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        // During a rolling restart an old page may ask another host for a hash it does not have: it gets what there is, unkept.
        response.Headers.CacheControl = exact ? "public, max-age=31536000, immutable" : "no-cache";
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = asset.MediaType;
        if (asset.Path is not null)
        {
            return response.SendFileAsync(asset.Path, http.RequestAborted);
        }

        var (content, encoding) = asset.For(http.Request.Headers.AcceptEncoding.ToString());
        response.ContentLength = content.Length;
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(content).AsTask();
    }
}
