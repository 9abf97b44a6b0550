using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Host.SignIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>Signs in by passkey alone, or as the second step.</summary>
public sealed class PasskeySignIn(Passkeys passkeys, SignInSteps steps) : Slice
{
    [HttpPost("/account/passkeys/sign-in")]
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
