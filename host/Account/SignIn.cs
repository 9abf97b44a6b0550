using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Host.FirstRun;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Account;

public sealed class SignInForm
{
    public string Name { get; set; } = "";
    public string Password { get; set; } = "";
    public string? ReturnUrl { get; set; }
}

/// <summary>Password first; a second factor where the person set one up; a passkey instead of both.</summary>
public sealed class SignIn(SignInCheck check, SignInSteps steps, UserManager<Person> people, Modular.Host.FirstRun.FirstSetUp first) : Slice
{
    [HttpGet("/account/sign-in")]
    [OpenTo(Audience.Anyone, "The page where people who are not signed in sign in.")]
    public async Task<IActionResult> Get(string? returnUrl, CancellationToken ct)
    {
        if (!Actor.SignedIn && await first.IsOpenAsync(ct))
        {
            return LocalRedirect("/first-run");
        }

        var back = LocalReturn.Or(returnUrl, "/");
        return Actor.SignedIn ? LocalRedirect(back) : Page(new SignInForm { ReturnUrl = back });
    }

    [HttpPost("/account/sign-in")]
    [OpenTo(Audience.Anyone, "The page where people who are not signed in sign in.")]
    public async Task<IActionResult> Post(SignInForm form)
    {
        if (form.Name.Length is 0 or > 254 || form.Password.Length is 0 or > PasswordRules.MaxLength)
        {
            return Refused(form, "Type your e-mail or user name and your password.");
        }

        var verdict = await check.PasswordAsync(form.Name, form.Password, Sessions.Ip(HttpContext), HttpContext.RequestAborted);
        if (verdict.Person is not { } person)
        {
            return Refused(form, verdict.WaitUntil is { } until
                ? SignInSteps.WaitSentence(until, Clock)
                : "That name and password do not go together. Check both; the password is case-sensitive.");
        }

        var back = LocalReturn.Or(form.ReturnUrl, "/");
        if (await people.GetTwoFactorEnabledAsync(person))
        {
            steps.AskForCode(HttpContext, person, "password");
            return LocalRedirect($"/account/code?returnUrl={Uri.EscapeDataString(back)}");
        }

        await steps.EnterAsync(HttpContext, person, "password");
        return LocalRedirect(back);
    }

    private ViewResult Refused(SignInForm form, string sentence)
    {
        Refuse("", sentence);
        form.Password = "";
        return Invalid(form);
    }
}
