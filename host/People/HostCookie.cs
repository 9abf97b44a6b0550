namespace Modular.Host.People;

/// <summary>A cookie of the framework under the rules of this host: only for this host name, never readable by script, secure and __Host- prefixed over TLS.</summary>
public sealed class HostCookie(string name, SameSiteMode sameSite = SameSiteMode.Strict) : CookieBuilder
{
    private static readonly HttpContextAccessor Http = new();

    // The framework reads the name afresh for every request.
    public override string? Name
    {
        get => Http.HttpContext?.Request.IsHttps == true ? $"__Host-{name}" : name;
        set => throw new NotSupportedException("The name is fixed.");
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
