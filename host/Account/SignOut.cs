using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Account;

public sealed class SignOut(Sessions sessions, ScopeContext scope, CurrentSession current) : Slice
{
    [HttpPost("/account/sign-out")]
    [OpenTo(Audience.Anyone, "A locked session must be able to leave, too.")]
    public async Task<IActionResult> Post(CancellationToken ct)
    {
        if (current.Session is { } session)
        {
            await sessions.EndAsync(scope.Practice, session.Id, "signed out", ct);
            SessionCookie.Delete(HttpContext);
        }

        return LocalRedirect("/account/sign-in");
    }
}
