using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.People;
using Modular.Host.SignIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>Where an invitation or a reset link leads: the person sets a password and is in.</summary>
public sealed class Welcome(Invitations invitations, SignInSteps steps, LinkTries tries) : Slice
{
    private const string Reason = "Whoever holds the single-use link sets the password it was made for.";

    /// <param name="Name">Null when the link is used up, too old, or of another practice.</param>
    public sealed record Model(string? Name, string SignInName, string Token);

    [HttpGet("/account/welcome/{token}")]
    [OpenTo(Audience.Anyone, Reason)]
    public async Task<IActionResult> Get(string token, CancellationToken ct)
    {
        if (!tries.Count(HttpContext))
        {
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (await invitations.FindAsync(token, ct) is not var (_, person))
        {
            return Page(new Model(null, "", token));
        }

        tries.TakeBack(HttpContext);
        return Page(new Model(person.Name, person.UserName!, token));
    }

    [HttpPost("/account/welcome/{token}")]
    [OpenTo(Audience.Anyone, Reason)]
    public async Task<IActionResult> Post(string token, string? password, CancellationToken ct)
    {
        if (!tries.Count(HttpContext))
        {
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (await invitations.FindAsync(token, ct) is not var (invitation, person))
        {
            return Invalid(new Model(null, "", token));
        }

        tries.TakeBack(HttpContext);
        try
        {
            var (accepted, fault) = await invitations.AcceptAsync(invitation, person, password ?? "", ct);
            if (accepted is null)
            {
                Refuse(nameof(password), fault!);
                return Invalid(new Model(person.Name, person.UserName!, token));
            }
        }
        catch (DbUpdateConcurrencyException)
        {
            return Invalid(new Model(null, "", token));
        }

        // A second factor that survived a reset is asked for as at every sign-in.
        if (person.TwoFactorEnabled)
        {
            steps.AskForCode(HttpContext, person, "password");
            return LocalRedirect("/account/code?returnUrl=%2F");
        }

        await steps.EnterAsync(HttpContext, person, invitation.Purpose);
        return LocalRedirect("/");
    }
}
