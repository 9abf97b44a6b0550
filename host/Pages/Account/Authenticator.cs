using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.People;
using Modular.Sdk;

namespace Modular.Host.Pages.Account;

/// <summary>Sets up, renews and removes the authenticator app. Each needs a fresh confirmation: whoever finds an open desk must not take it over.</summary>
public sealed class Authenticator(UserManager<Person> people, SecondFactor second, Sessions sessions, ScopeContext scope, CurrentSession current) : Slice
{
    private const string Reason = "Everybody sets up their own second step.";

    /// <param name="Codes">Shown once, right after they were made.</param>
    public sealed record Model(bool On, AuthenticatorKey? Key, int CodesLeft, IReadOnlyList<string>? Codes);

    [HttpGet("/account/authenticator")]
    [OpenTo(Audience.SignedIn, Reason), StepUp]
    public async Task<IActionResult> Get()
    {
        var me = await MeAsync();
        return me.TwoFactorEnabled
            ? Page(new Model(true, null, await people.CountRecoveryCodesAsync(me), null))
            : Page(new Model(false, await second.PendingAsync(me) ?? await BeginAsync(me), 0, null));
    }

    [HttpPost("/account/authenticator")]
    [OpenTo(Audience.SignedIn, Reason), StepUp]
    public async Task<IActionResult> TurnOn(string? code)
    {
        var me = await MeAsync();
        if (me.TwoFactorEnabled)
        {
            return LocalRedirect("/account/authenticator");
        }

        var digits = new string([.. (code ?? "").Where(char.IsAsciiDigit)]);
        if (!await second.IsFreshAsync(me, digits))
        {
            Refuse(nameof(code), "That code is not right. Check that the clock of your phone is set by itself.");
            return Invalid(new Model(false, await second.PendingAsync(me), 0, null));
        }

        var codes = await second.TurnOnAsync(me);
        await KeepHereAsync(me);
        return Page(new Model(true, null, codes.Count, codes));
    }

    [HttpPost("/account/authenticator/codes")]
    [OpenTo(Audience.SignedIn, Reason), StepUp]
    public async Task<IActionResult> NewCodes()
    {
        var me = await MeAsync();
        if (!me.TwoFactorEnabled)
        {
            return LocalRedirect("/account/authenticator");
        }

        var codes = (await people.GenerateNewTwoFactorRecoveryCodesAsync(me, SecondFactor.RecoveryCodes))!.ToList();
        return Page(new Model(true, null, codes.Count, codes));
    }

    [HttpPost("/account/authenticator/off")]
    [OpenTo(Audience.SignedIn, Reason), StepUp]
    public async Task<IActionResult> TurnOff()
    {
        var me = await MeAsync();
        await second.TurnOffAsync(me);
        await KeepHereAsync(me);
        return Done("/account", "Authenticator app turned off");
    }

    private async Task<Person> MeAsync() => (await people.FindByIdAsync(current.Required.PersonId.ToString()))!;

    private async Task<AuthenticatorKey> BeginAsync(Person me)
    {
        var key = await second.BeginAsync(me);
        await KeepHereAsync(me);
        return key;
    }

    // Identity changes the security stamp with the second factor, which ends the other sessions; this desk goes on.
    private Task KeepHereAsync(Person me) => sessions.RestampAsync(scope.Practice, current.Required.Id, me, HttpContext.RequestAborted);
}
