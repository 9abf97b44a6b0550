using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Callers;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>Sets up, renews and removes the authenticator app. Each needs a fresh confirmation: whoever finds an open desk must not take it over.</summary>
public sealed class Authenticator(
    UserManager<Person> people, SecondFactor second, OwnCode own, SignInCheck check, Sessions sessions, Letterbox letterbox, AuditTrail trail, Work work,
    ScopeContext scope, CurrentSession current) : Slice
{
    private const string Reason = "Everybody sets up their own second step.";

    /// <param name="Key">To scan; null before somebody began.</param>
    /// <param name="Codes">Shown once, right after they were made.</param>
    public sealed record Model(bool On, AuthenticatorKey? Key, int CodesLeft, IReadOnlyList<string>? Codes);

    [HttpGet("/account/authenticator")]
    [OpenTo(Audience.SignedIn, Reason), StepUp]
    public async Task<IActionResult> Get()
    {
        var me = await MeAsync();
        return me.TwoFactorEnabled
            ? Page(new Model(true, null, await people.CountRecoveryCodesAsync(me), null))
            : Page(new Model(false, await second.PendingAsync(me), 0, null));
    }

    /// <summary>A key to scan; not in force before a first code.</summary>
    [HttpPost("/account/authenticator/begin")]
    [OpenTo(Audience.SignedIn, Reason), StepUp]
    public async Task<IActionResult> Begin()
    {
        var me = await MeAsync();
        if (!me.TwoFactorEnabled && await second.PendingAsync(me) is null)
        {
            await second.BeginAsync(me);
            await KeepHereAsync(me);
        }

        return LocalRedirect("/account/authenticator");
    }

    [HttpPost("/account/authenticator")]
    [OpenTo(Audience.SignedIn, Reason), StepUp]
    public async Task<IActionResult> TurnOn(string? code, CancellationToken ct)
    {
        var me = await MeAsync();
        if (me.TwoFactorEnabled)
        {
            return LocalRedirect("/account/authenticator");
        }

        var digits = new string([.. (code ?? "").Where(char.IsAsciiDigit)]);
        var verdict = await check.OwnCodeAsync(current.Required, me, () => second.IsFreshAsync(me, digits), ct);
        if (verdict.Person is null)
        {
            Refuse(nameof(code), verdict.WaitUntil is { } until ? SignInSteps.WaitSentence(until, Clock)
                : "That code is not right. Check that the clock of your phone is set by itself.");
            return Invalid(new Model(false, await second.PendingAsync(me), 0, null));
        }

        var codes = await second.TurnOnAsync(me);
        await KeepHereAsync(me);
        return Page(new Model(true, null, codes.Count, codes));
    }

    [HttpPost("/account/authenticator/codes")]
    [OpenTo(Audience.SignedIn, Reason), StepUp]
    public async Task<IActionResult> NewCodes(string? code, CancellationToken ct)
    {
        var me = await MeAsync();
        if (!me.TwoFactorEnabled)
        {
            return LocalRedirect("/account/authenticator");
        }

        if (await own.FaultAsync(me, code, ct) is { } fault)
        {
            return await RefusedAsync(me, fault);
        }

        var codes = (await people.GenerateNewTwoFactorRecoveryCodesAsync(me, SecondFactor.RecoveryCodes))!.ToList();
        return Page(new Model(true, null, codes.Count, codes));
    }

    [HttpPost("/account/authenticator/off")]
    [OpenTo(Audience.SignedIn, Reason), StepUp]
    public async Task<IActionResult> TurnOff(string? code, CancellationToken ct)
    {
        var me = await MeAsync();
        if (!me.TwoFactorEnabled)
        {
            return LocalRedirect("/account/authenticator");
        }

        if (await own.FaultAsync(me, code, ct) is { } fault)
        {
            return await RefusedAsync(me, fault);
        }

        await second.TurnOffAsync(me);
        await KeepHereAsync(me);
        var told = await letterbox.TellAsync(me, "Your authenticator app was turned off", $"""
            The authenticator app of your sign-in at {scope.Practice.Name} was turned off on your account page. If that was not you, tell whoever manages people there at once.
            """);
        var reason = $"by themselves, with a code; {(told ? "told by e-mail" : "not told by e-mail")}";
        trail.Add(work, new(AuditTrail.Change, LoadedModule.CoreId, "second factor removed", "people", me.Id, Reason: reason));
        return Done("/account", "Authenticator app turned off");
    }

    private async Task<IActionResult> RefusedAsync(Person me, string fault)
    {
        Refuse("code", fault);
        return Invalid(new Model(true, null, await people.CountRecoveryCodesAsync(me), null));
    }

    private async Task<Person> MeAsync() => (await people.FindByIdAsync(current.Required.PersonId.ToString()))!;

    // Identity changes the security stamp with the second factor, which ends the other sessions; this desk goes on.
    private Task KeepHereAsync(Person me) => sessions.RestampAsync(scope.Practice, current.Required.Id, me, HttpContext.RequestAborted);
}
