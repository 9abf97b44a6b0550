using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Callers;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.SignIn;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>Asks once more who this is before something that cannot be taken back: export, merge, roles. Serves for ten minutes.</summary>
public sealed class Confirm(Identify identify, Sessions sessions, ScopeContext scope, CurrentSession current, AuditTrail trail, Work work) : Slice
{
    public sealed record Model(string Name, string ReturnUrl);

    [HttpGet("/account/confirm")]
    [OpenTo(Audience.SignedIn, "Everybody may prove who they are.")]
    public IActionResult Get(string? returnUrl) => Page(new Model(Actor.Name, LocalReturn.Or(returnUrl, "/")));

    [HttpPost("/account/confirm")]
    [OpenTo(Audience.SignedIn, "Everybody may prove who they are.")]
    public async Task<IActionResult> Post(string? password, string? credential, string? returnUrl, CancellationToken ct)
    {
        var back = LocalReturn.Or(returnUrl, "/");
        if (await identify.FaultAsync(HttpContext, current.Required, Tried.StepUp, password, credential) is { } fault)
        {
            Refuse("", fault);
            return Invalid(new Model(Actor.Name, back));
        }

        await sessions.ConfirmAsync(scope.Practice, current.Required.Id, ct);
        trail.Add(work, new(AuditTrail.Change, LoadedModule.CoreId, "confirmed who they are", "sessions", current.Required.Id));
        return LocalRedirect(back);
    }
}
