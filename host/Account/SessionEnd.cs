using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>Ends one's own sessions elsewhere: a desk left open, a lost phone.</summary>
public sealed class SessionEnd(Sessions sessions, ScopeContext scope, CurrentSession current) : Slice
{
    private const string Reason = "Everybody ends their own sessions, and only their own.";

    [HttpPost("/account/sessions/end")]
    [OpenTo(Audience.SignedIn, Reason)]
    public async Task<IActionResult> Post(Guid id, CancellationToken ct)
    {
        if ((await sessions.ListAsync(scope.Practice, current.Required.PersonId, ct)).All(s => s.Id != id))
        {
            return NotFound();
        }

        await sessions.EndAsync(scope.Practice, id, "ended by its person", ct);
        return Done("/account#sessions", "Signed out there");
    }

    [HttpPost("/account/sessions/end-others")]
    [OpenTo(Audience.SignedIn, Reason)]
    public async Task<IActionResult> Others(CancellationToken ct)
    {
        await sessions.EndAllAsync(scope.Practice, current.Required.PersonId, "signed out everywhere", current.Required.Id, ct);
        return Done("/account#sessions", "Signed out everywhere else");
    }
}
