using Modular.Host.Callers;
using Modular.Host.Rights;

namespace Modular.Host.SignIn;

/// <summary>Lets the person of an open session prove again who they are, by password or passkey.</summary>
public sealed class Identify(SignInCheck check, Passkeys passkeys, TimeProvider clock)
{
    /// <param name="what">One of <see cref="Tried"/>: what it is for has a counter of its own.</param>
    /// <returns>The sentence for the person, or null when it is them.</returns>
    public async Task<string?> FaultAsync(HttpContext http, Session session, string what, string? password, string? credential)
    {
        if (!string.IsNullOrEmpty(credential))
        {
            return await passkeys.AnsweredAsync(http, credential) is { } known && known.Id == session.PersonId ? null : "That passkey belongs to somebody else or was not accepted.";
        }

        if (string.IsNullOrEmpty(password) || password.Length > PasswordRules.MaxLength)
        {
            return "Type your password.";
        }

        var verdict = await check.PasswordAgainAsync(session, what, password, http.RequestAborted);
        return verdict.Person is not null ? null
            : verdict.WaitUntil is { } until ? SignInSteps.WaitSentence(until, clock)
            : "That is not your password.";
    }
}
