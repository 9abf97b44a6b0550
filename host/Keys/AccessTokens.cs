using Modular.Host.Practices;

namespace Modular.Host.Keys;

/// <summary>How long what OpenIddict gives lasts, and by whom and for whom it is.</summary>
public static class AccessTokens
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>How far two hosts' clocks may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    /// <summary>The practice's address: as configured where a balancer stands before the host, else as asked for.</summary>
    public static string Issuer(Practice practice, HttpRequest request) =>
        practice.BaseUrl.Length > 0 ? practice.BaseUrl : $"{request.Scheme}://{request.Host}";
}
