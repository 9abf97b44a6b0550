using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Modular.Sdk;

/// <summary>The few htmx words a server needs; names as in the Htmx package for ASP.NET Core.</summary>
public static class HtmxExtensions
{
    /// <summary>True when htmx asks for a fragment; false for a browser, a boosted link and a history restore, which get the page.</summary>
    public static bool IsHtmx(this HttpRequest request) =>
        request.Headers.ContainsKey("HX-Request")
        && !request.Headers.ContainsKey("HX-Boosted")
        && !request.Headers.ContainsKey("HX-History-Restore-Request");

    public static void Htmx(this HttpResponse response, Action<HtmxResponse> headers) => headers(new(response.Headers));
}

/// <summary>The response headers that htmx understands.</summary>
public sealed class HtmxResponse(IHeaderDictionary headers)
{
    private readonly Dictionary<string, object?> triggers = [];

    public HtmxResponse Redirect(string url) => Set("HX-Redirect", url);

    public HtmxResponse PushUrl(string url) => Set("HX-Push-Url", url);

    public HtmxResponse ReplaceUrl(string url) => Set("HX-Replace-Url", url);

    public HtmxResponse Refresh() => Set("HX-Refresh", "true");

    public HtmxResponse Retarget(string selector) => Set("HX-Retarget", selector);

    public HtmxResponse Reswap(string swap) => Set("HX-Reswap", swap);

    /// <summary>Raises a browser event after the swap; several calls raise several.</summary>
    public HtmxResponse Trigger(string name, object? detail = null)
    {
        triggers[name] = detail;
        return Set("HX-Trigger", JsonSerializer.Serialize(triggers, JsonSerializerOptions.Web));
    }

    private HtmxResponse Set(string name, string value)
    {
        headers[name] = value;
        return this;
    }
}
