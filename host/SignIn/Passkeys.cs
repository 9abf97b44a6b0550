using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Modular.Host.Callers;
using Modular.Host.Keys;
using Modular.Host.Practices;
using Modular.Host.Rights;

namespace Modular.Host.SignIn;

/// <summary>
/// Passkeys on Identity's handler. The challenge waits, sealed for this practice, in a short-lived cookie between question and answer.
/// </summary>
public sealed class Passkeys(IPasskeyHandler<Person> handler, UserManager<Person> people, KeyRing keys, ScopeContext scope, TimeProvider clock, ILogger<Passkeys> log)
{
    private const string Cookie = "passkey-question";
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromMinutes(5);

    /// <summary>JSON for <c>navigator.credentials.create</c>.</summary>
    public async Task<string> AskToCreateAsync(HttpContext http, Person person)
    {
        var question = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = person.Id.ToString(), Name = person.UserName!, DisplayName = person.Name }, http);
        Keep(http, "create", question.AttestationState);
        return question.CreationOptionsJson;
    }

    /// <summary>JSON for <c>navigator.credentials.get</c>.</summary>
    /// <param name="person">Null when the passkey itself tells who it is.</param>
    public async Task<string> AskAsync(HttpContext http, Person? person)
    {
        var question = await handler.MakeRequestOptionsAsync(person, http);
        Keep(http, "get", question.AssertionState);
        return question.RequestOptionsJson;
    }

    /// <returns>The sentence for the person, or null when the passkey was added.</returns>
    public async Task<string?> AddAsync(HttpContext http, Person person, string credential, string name)
    {
        if (Take(http, "create") is not { } state)
        {
            return "That took too long. Try again.";
        }

        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential, AttestationState = state });
        if (!result.Succeeded || result.UserEntity.Id != person.Id.ToString())
        {
            log.LogWarning(result.Failure, "A new passkey was refused");
            return "This passkey was not accepted. Try again, or use another device.";
        }

        result.Passkey.Name = name;
        var added = await people.AddOrUpdatePasskeyAsync(person, result.Passkey);
        return added.Succeeded ? null : string.Join(' ', added.Errors.Select(e => e.Description));
    }

    /// <summary>Who answered the question; null when nobody did.</summary>
    public async Task<Person?> AnsweredAsync(HttpContext http, string credential)
    {
        if (credential.Length > 10_000 || Take(http, "get") is not { } state)
        {
            return null;
        }

        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded || !result.User.MaySignIn(clock.GetUtcNow()))
        {
            log.LogWarning(result.Failure, "A passkey was refused");
            return null;
        }

        // The new sign count: a cloned authenticator shows itself by an old one.
        await people.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return result.User;
    }

    private void Keep(HttpContext http, string purpose, string? state) =>
        http.Response.Cookies.Append(HostCookie.NameOf(http.Request, Cookie), Protector(purpose).Protect(state ?? "", TimeToAnswer), Options(http));

    private string? Take(HttpContext http, string purpose)
    {
        http.Response.Cookies.Delete(HostCookie.NameOf(http.Request, Cookie), Options(http));
        try
        {
            return http.Request.Cookies[HostCookie.NameOf(http.Request, Cookie)] is { Length: < 4000 } value ? Protector(purpose).Unprotect(value) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Protector(string purpose) => keys.For(scope.Practice, $"passkey-{purpose}").ToTimeLimitedDataProtector();

    private static CookieOptions Options(HttpContext http) => new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/" };
}
