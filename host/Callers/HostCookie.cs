namespace Modular.Host.Callers;

/// <summary>A cookie of the framework under the rules of this host: only for this host name, never readable by script, secure and __Host- prefixed over TLS.</summary>
public sealed class HostCookie(string name, SameSiteMode sameSite = SameSiteMode.Strict) : CookieBuilder
{
    private static readonly HttpContextAccessor Http = new();

    // The framework reads the name afresh for every request.
    public override string? Name
    {
        get => Http.HttpContext is { } http ? NameOf(http.Request, name) : name;
        set => throw new NotSupportedException("The name is fixed.");
    }

    /// <summary>
    /// The prefix makes browsers refuse the cookie from a neighbor domain or without TLS. Whether there is TLS the outside tells: a balancer
    /// in front says so, if it is one of those trusted.
    /// </summary>
    public static string NameOf(HttpRequest request, string name)
    {
        // At the public door every cookie is another one than the staff's of the same name.
        var own = PublicRequest.Of(request.HttpContext) is null ? name : PublicRequest.CookiePrefix + name;
        return request.IsHttps ? $"__Host-{own}" : own;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.HttpOnly = true;
        options.Secure = context.Request.IsHttps;
        options.SameSite = sameSite;
        options.Path = "/";
        return options;
    }
}
