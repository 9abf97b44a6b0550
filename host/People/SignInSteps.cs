using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Modular.Sdk;

namespace Modular.Host.People;

/// <summary>What happens between a right password and an open session.</summary>
public sealed class SignInSteps(KeyRing keys, Sessions sessions, ScopeContext scope, CurrentSession current, UserManager<Person> people)
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
        http.Response.Cookies.Delete(Cookie, Options(http));
    }

    /// <summary>Remembers for a few minutes, sealed, that this browser gave the right password.</summary>
    public void AskForCode(HttpContext http, Person person)
    {
        var value = Protector.Protect($"{person.Id:N} {person.SecurityStamp}", TimeForCode);
        http.Response.Cookies.Append(Cookie, value, Options(http));
    }

    public async Task<Person?> WaitingForCodeAsync(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[Cookie] is { Length: < 2000 } value && Protector.Unprotect(value).Split(' ', 2) is [var id, var stamp]
                && await people.FindByIdAsync(id) is { Active: true } person && person.SecurityStamp == stamp
                ? person
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
        SameSite = SameSiteMode.Strict,
        Path = "/account",
    };
}
