using Modular.Sdk;

namespace Modular.Host.Practices;

/// <summary>Which practice and person one DI scope serves; set once by the request pipeline, the bus or a job before anything else is resolved.</summary>
public sealed class ScopeContext
{
    private Practice? practice;

    public Practice Practice => practice ?? throw new InvalidOperationException("No practice: this scope was not opened for one.");

    public bool HasPractice => practice is not null;

    public Actor Actor { get; private set; } = Actor.Nobody;

    /// <summary>The look at a public page that this request is; null everywhere else.</summary>
    public PublicVisit? Visit { get; private set; }

    public Guid CorrelationId { get; set; } = Guid.CreateVersion7();

    public void Enter(Practice practice) => this.practice = practice;

    public void Enter(Practice practice, Actor actor)
    {
        this.practice = practice;
        Actor = actor;
    }

    public void Become(Actor actor) => Actor = actor;

    /// <summary>Somebody without an account: no person, and what a link allows them at most.</summary>
    public void Admit(PublicVisit visit, Actor visitor) => (Visit, Actor) = (visit, visitor);
}

public static class PracticeScopes
{
    /// <summary>A scope of its own for a practice: a message, a job, a slot.</summary>
    public static AsyncServiceScope OpenScope(this IServiceProvider services, Practice practice, Actor actor, Guid? correlation = null)
    {
        var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.Enter(practice, actor);
        context.CorrelationId = correlation ?? context.CorrelationId;
        return scope;
    }
}
