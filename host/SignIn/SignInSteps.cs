using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Modular.Host.Callers;
using Modular.Host.Keys;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.SignIn;

/// <summary>What happens between a right password and an open session.</summary>
public sealed class SignInSteps(KeyRing keys, Sessions sessions, ScopeContext scope, CurrentSession current, UserManager<Person> people, TimeProvider clock)
{
    private const string Cookie = "second-step";
    private static readonly TimeSpan TimeForCode = TimeSpan.FromMinutes(5);

    /// <summary>Opens a session. Always a new one: an id that somebody planted before the sign-in is worth nothing after it.</summary>
    public async Task EnterAsync(HttpContext http, Person person, string method)
    {
        if (current.Session is { } old)
        {
            await sessions.EndAsync(scope.Practice, old.Id, "signed in again", http.RequestAborted);
        }

        await sessions.OpenAsync(http, scope.Practice, person, method);
        http.Response.Cookies.Delete(HostCookie.NameOf(http.Request, Cookie), Options(http));
    }

    /// <summary>Remembers for a few minutes, sealed, that this browser gave the right password, or came back from the provider.</summary>
    /// <param name="method">What came before the code: password or provider.</param>
    public void AskForCode(HttpContext http, Person person, string method)
    {
        var value = Protector.Protect($"{person.Id:N} {method} {person.SecurityStamp}", TimeForCode);
        http.Response.Cookies.Append(HostCookie.NameOf(http.Request, Cookie), value, Options(http));
    }

    public async Task<WaitingForCode?> WaitingForCodeAsync(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[HostCookie.NameOf(http.Request, Cookie)] is { Length: < 2000 } value && Protector.Unprotect(value).Split(' ', 3) is [var id, var method, var stamp]
                && await people.FindByIdAsync(id) is { } person && person.MaySignIn(clock.GetUtcNow()) && person.SecurityStamp == stamp
                ? new(person, method)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static string WaitSentence(DateTimeOffset until, TimeProvider clock)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling((until - clock.GetUtcNow()).TotalMinutes));
        return $"Too many wrong tries. Try again in {minutes} {(minutes == 1 ? "minute" : "minutes")}, or ask whoever manages people here to reset your password.";
    }

    private ITimeLimitedDataProtector Protector => keys.For(scope.Practice, "second-step").ToTimeLimitedDataProtector();

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        // Lax, not Strict: it must come along when the provider's page leads back here. The code is posted with an anti-forgery token.
        SameSite = SameSiteMode.Lax,
        Path = "/",
    };
}

/// <param name="Method">What the person gave before the code.</param>
public sealed record WaitingForCode(Person Person, string Method);
