using Modular.Sdk;

namespace Modular.Host.Callers;

/// <summary>
/// Marks a request that came to the public door. Its cookies have names of their own and the others are taken out of it, so that no code after
/// the door, whatever it does, can read a session of the staff.
/// </summary>
/// <param name="Language">As the person chose at the door, else as the browser says.</param>
/// <param name="Chosen">The person chose it.</param>
public sealed record PublicRequest(string Language, bool Chosen)
{
    public const string CookiePrefix = "public-";
    private const string LanguageCookie = "language";

    public static PublicRequest? Of(HttpContext http) => http.Features.Get<PublicRequest>();

    /// <summary>Leaves of what the browser sent only what belongs to the door.</summary>
    public static PublicRequest Enter(HttpContext http)
    {
        var own = http.Request.Cookies.Where(c => c.Key.Replace("__Host-", "", StringComparison.Ordinal)
            .StartsWith(CookiePrefix, StringComparison.Ordinal))
            .Select(c => $"{c.Key}={Uri.EscapeDataString(c.Value)}").ToArray();
        http.Request.Headers.Cookie = own.Length == 0 ? default : string.Join("; ", own);
        http.Request.Headers.Authorization = default;
        // Names of cookies depend on this mark.
        http.Features.Set(new PublicRequest(PatientTexts.Languages[0], false));
        var request = Read(http);
        http.Features.Set(request);
        return request;
    }

    private static PublicRequest Read(HttpContext http)
    {
        var cookie = HostCookie.NameOf(http.Request, LanguageCookie);
        if (Known(http.Request.Query["lang"]) is { } asked)
        {
            http.Response.Cookies.Append(cookie, asked,
                new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true });
            return new(asked, true);
        }

        return Known(http.Request.Cookies[cookie]) is { } kept ? new(kept, true) : new(Preferred(http.Request) ?? PatientTexts.Languages[0], false);
    }

    private static string? Preferred(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
        .Select(l => Known(l.Value.Value?.Split('-')[0].ToLowerInvariant())).FirstOrDefault(l => l is not null);

    private static string? Known(string? language) => PatientTexts.Languages.FirstOrDefault(l => l == language);
}
