using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Modular.Host.Callers;
using Modular.Host.Keys;
using Modular.Host.Practices;

namespace Modular.Host.Links;

/// <summary>Remembers in the browser that the second fact of one link was known: a sealed cookie per link, good for two hours.</summary>
public sealed class LinkProof(KeyRing keys, ScopeContext scope, TimeProvider clock)
{
    private const string Purpose = "link-proof";
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(2);

    public bool Holds(HttpContext http, LinkRow link)
    {
        if (http.Request.Cookies[Name(http, link)] is not { Length: > 0 and < 1000 } value)
        {
            return false;
        }

        try
        {
            var plain = keys.For(scope.Practice, Purpose).Unprotect(WebEncoders.Base64UrlDecode(value));
            return plain.Length == 24 && new Guid(plain.AsSpan(0, 16)) == link.Id
                && clock.GetUtcNow() - new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(16)), TimeSpan.Zero) <= Lasts;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    public void Keep(HttpContext http, LinkRow link)
    {
        var plain = new byte[24];
        link.Id.TryWriteBytes(plain);
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(16), clock.GetUtcNow().UtcTicks);
        http.Response.Cookies.Append(Name(http, link), WebEncoders.Base64UrlEncode(keys.For(scope.Practice, Purpose).Protect(plain)), new()
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            // A link is opened from a mail or a photo of its code; what changes anything comes from the page itself.
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
        });
    }

    private static string Name(HttpContext http, LinkRow link) => HostCookie.NameOf(http.Request, $"proof-{link.Id:N}");
}
