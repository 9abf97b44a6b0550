using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>The question a passkey answers: for the person already known in this browser, or for whoever holds the passkey.</summary>
public sealed class AskPasskey(Passkeys passkeys, SignInSteps steps, CurrentSession current, UserManager<Person> people) : Slice
{
    [HttpPost("/account/passkeys/ask")]
    [OpenTo(Audience.Anyone, "A challenge tells nothing; without a session it names no credential.")]
    public async Task<IActionResult> Post()
    {
        var person = current.Session is { } session ? await people.FindByIdAsync(session.PersonId.ToString()) : (await steps.WaitingForCodeAsync(HttpContext))?.Person;
        return Content(await passkeys.AskAsync(HttpContext, person), "application/json");
    }
}

/// <summary>Signs in by passkey alone, or as the second step.</summary>
public sealed class SignInPasskey(Passkeys passkeys, SignInSteps steps) : Slice
{
    [HttpPost("/account/sign-in/passkey")]
    [OpenTo(Audience.Anyone, "One of the ways to sign in.")]
    public async Task<IActionResult> Post(string? credential, string? returnUrl)
    {
        var back = LocalReturn.Or(returnUrl, "/");
        if (await passkeys.AnsweredAsync(HttpContext, credential ?? "") is not { } person)
        {
            Refuse("", "That passkey was not accepted. Sign in with your password.");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View("SignIn", new SignInForm { ReturnUrl = back });
        }

        await steps.EnterAsync(HttpContext, person, "passkey");
        return LocalRedirect(back);
    }
}
