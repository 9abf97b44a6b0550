using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Callers;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Host.SignIn.Provider;
using Modular.Host.SignedIn;
using Modular.Sdk;
using OpenIddict.Client.AspNetCore;

namespace Modular.Host.Account;

/// <summary>To the practice's own provider, and back with what it says. Signing in here with password and passkey goes on beside it.</summary>
public sealed class SignInWithProvider(
    ProviderDoor door, Providers providers, SignInSteps steps, Sessions sessions, ScopeContext scope, CurrentSession current, AuditTrail trail, Work work) : Slice
{
    private const string Scheme = OpenIddictClientAspNetCoreDefaults.AuthenticationScheme;

    /// <summary>How long ago somebody may have typed their password at the provider to count as asked now.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);

    [HttpGet("/account/sign-in/provider")]
    [OpenTo(Audience.Anyone, "One of the ways to sign in."), MeetsProvider]
    public Task<IActionResult> Start(string? returnUrl, CancellationToken ct) => GoAsync(ProviderPurpose.SignIn, LocalReturn.Or(returnUrl, "/"), ct);

    [HttpGet("/account/sign-in/provider/confirm")]
    [OpenTo(Audience.Anyone, "A locked session is nobody until its person proves who they are; only that person's session is confirmed by it."), MeetsProvider]
    public Task<IActionResult> Confirm(string? returnUrl, CancellationToken ct) =>
        GoAsync(current.Session is null ? ProviderPurpose.SignIn : ProviderPurpose.Confirm, LocalReturn.Or(returnUrl, "/"), ct);

    [HttpGet("/account/sign-in/callback")]
    [OpenTo(Audience.Anyone, "Where the provider sends people back to; what it says is judged before anybody is signed in."), MeetsProvider]
    public async Task<IActionResult> Back(CancellationToken ct)
    {
        var back = await door.BackAsync(HttpContext);
        if (back.Purpose == ProviderPurpose.Test)
        {
            return RedirectToTest(back.Answer is null ? back.Fault! : (await providers.WhoAsync(back.Answer, ct)) is { Person: { } found }
                ? $"It works: the provider says {back.Answer.Address ?? "no address"}, and here that is {found.Name}."
                : $"The provider answers. {(await providers.WhoAsync(back.Answer, ct)).Fault}");
        }

        var (person, fault) = back.Answer is null ? (null, back.Fault) : await providers.WhoAsync(back.Answer, ct);
        return person is null ? Refused(fault!, back)
            : back.Purpose == ProviderPurpose.Confirm ? await ConfirmedAsync(person, back, ct)
            : await EnterAsync(person, back, ct);
    }

    private async Task<IActionResult> GoAsync(ProviderPurpose purpose, string back, CancellationToken ct)
    {
        var (way, fault) = await door.ToAsync(purpose, back, ct);
        return way is not null ? Challenge(way, Scheme) : Refused(fault!, new(null, fault, purpose, back));
    }

    private async Task<IActionResult> EnterAsync(Person person, ProviderReturn back, CancellationToken ct)
    {
        scope.Become(new() { Name = person.Name, PersonId = person.Id });
        await providers.LinkAsync(person, back.Answer!, ct);
        trail.Add(work, new(AuditTrail.Change, LoadedModule.CoreId, "signed in with the provider", "sessions", person.Id));
        // Whoever has a second factor here is asked for it, however the provider asked.
        if (person.TwoFactorEnabled)
        {
            steps.AskForCode(HttpContext, person, "provider");
            return LocalRedirect($"/account/code?returnUrl={Uri.EscapeDataString(back.Back)}");
        }

        await steps.EnterAsync(HttpContext, person, "provider");
        return LocalRedirect(back.Back);
    }

    private async Task<IActionResult> ConfirmedAsync(Person person, ProviderReturn back, CancellationToken ct)
    {
        if (current.Session is not { } session || session.PersonId != person.Id)
        {
            return Refused("That is the account of somebody else.", back);
        }

        if (back.Answer!.At is not { } at || Clock.GetUtcNow() - at > Fresh)
        {
            return Refused("The provider did not ask you again who you are. Use your password or passkey.", back);
        }

        if (person.TwoFactorEnabled)
        {
            return Refused("You have a second factor here, and the provider cannot ask for it. Use your password or passkey.", back);
        }

        await sessions.ConfirmAsync(scope.Practice, session.Id, ct);
        scope.Become(session.Actor);
        trail.Add(work, new(AuditTrail.Change, LoadedModule.CoreId, "confirmed who they are with the provider", "sessions", session.Id));
        return LocalRedirect(back.Back);
    }

    /// <summary>On the page that the person can go on from: where local ways to sign in are.</summary>
    private IActionResult Refused(string sentence, ProviderReturn back)
    {
        trail.Add(work, new(AuditTrail.Change, LoadedModule.CoreId, "sign-in with the provider refused", "sessions", Reason: sentence));
        if (current.Session is not null)
        {
            return back.Purpose is null && Actor.Can(EditProvider.Permission) ? RedirectToTest(sentence)
                : Done(current.Locked ? $"/lock?returnUrl={Uri.EscapeDataString(back.Back)}" : $"/account/confirm?returnUrl={Uri.EscapeDataString(back.Back)}", sentence);
        }

        Refuse("", sentence);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("SignIn", new SignInForm { ReturnUrl = back.Back });
    }

    private RedirectResult RedirectToTest(string sentence)
    {
        TempData[EditProvider.Tested] = sentence;
        return Redirect("/admin/sign-in");
    }
}
