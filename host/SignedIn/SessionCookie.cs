using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Modular.Host.Callers;
using Modular.Host.Keys;
using Modular.Host.Practices;

namespace Modular.Host.SignedIn;

/// <summary>The cookie holds nothing but the sealed id of the session's row; the practice is part of the seal.</summary>
public sealed class SessionCookie(KeyRing keys)
{
    private const string Purpose = "session-cookie";

    private static string Name(HttpRequest request) => HostCookie.NameOf(request, "session");

    public Guid? Read(HttpRequest request, Practice practice)
    {
        if (request.Cookies[Name(request)] is not { Length: > 0 and < 1000 } value)
        {
            return null;
        }

        try
        {
            var plain = keys.For(practice, Purpose).Unprotect(WebEncoders.Base64UrlDecode(value));
            return plain.Length == 16 ? new Guid(plain) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    public void Write(HttpContext http, Practice practice, Guid session)
    {
        var value = WebEncoders.Base64UrlEncode(keys.For(practice, Purpose).Protect(session.ToByteArray()));
        http.Response.Cookies.Append(Name(http.Request), value, Options(http));
    }

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(Name(http.Request), Options(http));

    // Lax, not Strict: a link in an e-mail must lead a signed-in person to the page. Writes are guarded by the anti-forgery token.
    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };
}
