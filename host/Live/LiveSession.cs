using Modular.Sdk;

namespace Modular.Host.Live;

/// <summary>Who listens, as of now: null once they signed out or their session locked.</summary>
public sealed class LiveSession(ScopeContext scope)
{
    public ValueTask<Actor?> ActorAsync(CancellationToken ct) => ValueTask.FromResult<Actor?>(scope.Actor.SignedIn ? scope.Actor : null);
}
