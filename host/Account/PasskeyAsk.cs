using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>The question a passkey answers: for the person already known in this browser, or for whoever holds the passkey.</summary>
public sealed class PasskeyAsk(Passkeys passkeys, SignInSteps steps, CurrentSession current, UserManager<Person> people) : Slice
{
    [HttpPost("/account/passkeys/ask")]
    [OpenTo(Audience.Anyone, "A challenge tells nothing; without a session it names no credential.")]
    public async Task<IActionResult> Post()
    {
        var person = current.Session is { } session ? await people.FindByIdAsync(session.PersonId.ToString()) : (await steps.WaitingForCodeAsync(HttpContext))?.Person;
        return Content(await passkeys.AskAsync(HttpContext, person), "application/json");
    }
}
