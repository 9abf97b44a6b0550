using Modular.Host.Api;
using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.SignedIn;

/// <summary>After routing and before the gate: finds the session behind the cookie and fills in who acts.</summary>
public sealed class SessionMiddleware(RequestDelegate next, SessionReader reader, Sessions sessions, SessionCookie cookie, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext http, ScopeContext scope, CurrentSession current)
    {
        // Without an endpoint there is nothing to allow, and files of the theme are open to all: neither costs a query.
        // An address for programs knows tokens alone, so that no page elsewhere can make a browser call it.
        if (scope.HasPractice && http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<ApiMetadata>() is null && cookie.Read(http.Request, scope.Practice) is { } id)
        {
            await EnterAsync(http, scope, current, endpoint, id);
        }

        await next(http);
    }

    private async Task EnterAsync(HttpContext http, ScopeContext scope, CurrentSession current, Endpoint endpoint, Guid id)
    {
        if (await reader.FindAsync(scope.Practice, id, http.RequestAborted) is not { } session)
        {
            SessionCookie.Delete(http);
            return;
        }

        current.Session = session;
        http.User = Session.Principal(session.PersonId);
        if (session.IsLocked(clock.GetUtcNow()))
        {
            current.Locked = true;
            return;
        }

        scope.Become(session.Actor);
        // A page that refreshes itself says so; it can only ever shorten its own session.
        if (endpoint.Metadata.GetMetadata<BackgroundAttribute>() is null && !http.Request.Headers.ContainsKey("X-Background"))
        {
            await sessions.SeenAsync(scope.Practice, session, http.RequestAborted);
        }
    }
}
