using Modular.Host.Callers;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.SignIn;

/// <summary>
/// A present code of whoever sits at an open session, where a password is not enough: for recovery codes, for turning the app off, and for a
/// passkey, which stands in for the app. Whoever finds an open desk and knows the password has the phone or a recovery code, too.
/// </summary>
public sealed class OwnCode(SecondFactor second, SignInCheck check, CurrentSession current, TimeProvider clock)
{
    /// <summary>Uses the code up.</summary>
    /// <returns>The sentence beside the field; null when it is right, or the person has no app.</returns>
    public async Task<string?> FaultAsync(Person me, string? code, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(me);
        if (!me.TwoFactorEnabled)
        {
            return null;
        }

        var verdict = await check.OwnCodeAsync(current.Required, me, () => second.AcceptsAsync(me, code ?? ""), ct);
        return verdict.Person is not null ? null
            : verdict.WaitUntil is { } until ? SignInSteps.WaitSentence(until, clock)
            : "That code is not right. Codes change every 30 seconds and each works once. Without phone and codes, ask whoever manages people here.";
    }
}
