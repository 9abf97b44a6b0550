using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Live;

/// <summary>Who listens, as of now: null once they signed out or their session locked. Asking is no sign of a person at work.</summary>
public sealed class LiveSession(ScopeContext scope, CurrentSession current, SessionReader sessions, TimeProvider clock)
{
    public async ValueTask<Actor?> ActorAsync(CancellationToken ct) =>
        current.Session is { } opened && await sessions.FindAsync(scope.Practice, opened.Id, ct) is { } now && !now.IsLocked(clock.GetUtcNow()) ? now.Actor : null;
}
