using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>The second step: six digits of the authenticator app, or one of the recovery codes.</summary>
public sealed class Code(SignInSteps steps, SignInCheck check, SecondFactor second) : Slice
{
    public sealed record Model(string ReturnUrl);

    [HttpGet("/account/code")]
    [OpenTo(Audience.Anyone, "Between the password and the session nobody is signed in; the page asks for the sealed proof of the password.")]
    public async Task<IActionResult> Get(string? returnUrl) =>
        await steps.WaitingForCodeAsync(HttpContext) is null ? Restart(returnUrl) : Page(new Model(LocalReturn.Or(returnUrl, "/")));

    [HttpPost("/account/code")]
    [OpenTo(Audience.Anyone, "Between the password and the session nobody is signed in; the page asks for the sealed proof of the password.")]
    public async Task<IActionResult> Post(string? code, string? returnUrl, CancellationToken ct)
    {
        if (await steps.WaitingForCodeAsync(HttpContext) is not var (person, method))
        {
            return Restart(returnUrl);
        }

        var verdict = await check.CodeAsync(person, () => second.AcceptsAsync(person, code ?? ""), Sessions.Ip(HttpContext), ct);
        if (verdict.Person is null)
        {
            Refuse("", verdict.WaitUntil is { } until ? SignInSteps.WaitSentence(until, Clock) : "That code is not right. Codes change every 30 seconds and each works once.");
            return Invalid(new Model(LocalReturn.Or(returnUrl, "/")));
        }

        await steps.EnterAsync(HttpContext, person, $"{method} and code");
        return LocalRedirect(LocalReturn.Or(returnUrl, "/"));
    }

    private IActionResult Restart(string? returnUrl) => LocalRedirect($"/account/sign-in?returnUrl={Uri.EscapeDataString(LocalReturn.Or(returnUrl, "/"))}");
}
