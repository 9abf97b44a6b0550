using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Host.SignIn;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>Keeps the page behind: whoever sat here proves who they are and is back on it.</summary>
public sealed class Lock(Identify identify, Sessions sessions, ScopeContext scope, CurrentSession current) : Slice
{
    public sealed record Model(string Name, string ReturnUrl);

    [HttpGet("/lock")]
    [OpenTo(Audience.Anyone, "A locked session is nobody until its person unlocks it.")]
    public IActionResult Get(string? returnUrl)
    {
        var back = LocalReturn.Or(returnUrl, "/");
        if (current.Session is not { } session)
        {
            return LocalRedirect($"/account/sign-in?returnUrl={Uri.EscapeDataString(back)}");
        }

        return current.Locked ? Page(new Model(session.Actor.Name, back)) : LocalRedirect(back);
    }

    /// <summary>Leaving a desk is the button of the frame, or one key.</summary>
    [HttpPost("/account/lock")]
    [OpenTo(Audience.SignedIn, "Everybody leaves their own desk.")]
    public async Task<IActionResult> Now(string? returnUrl, CancellationToken ct)
    {
        await sessions.LockAsync(scope.Practice, current.Required.Id, ct);
        return LocalRedirect($"/lock?returnUrl={Uri.EscapeDataString(LocalReturn.Or(returnUrl, "/"))}");
    }

    [HttpPost("/lock")]
    [OpenTo(Audience.Anyone, "A locked session is nobody until its person unlocks it.")]
    public async Task<IActionResult> Post(string? password, string? credential, string? returnUrl, CancellationToken ct)
    {
        var back = LocalReturn.Or(returnUrl, "/");
        if (current.Session is not { } session)
        {
            return LocalRedirect($"/account/sign-in?returnUrl={Uri.EscapeDataString(back)}");
        }

        if (await identify.FaultAsync(HttpContext, session, Tried.Unlock, password, credential) is { } fault)
        {
            Refuse("", fault);
            return Invalid(new Model(session.Actor.Name, back));
        }

        await sessions.ConfirmAsync(scope.Practice, session.Id, ct);
        return LocalRedirect(back);
    }
}
