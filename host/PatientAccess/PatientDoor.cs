using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.PatientAccess;

/// <summary>The one door: what is shut to whoever acts in this scope, and the access log for what is opened.</summary>
public sealed class PatientDoor(ScopeContext scope, RestrictedCharts charts, AccessLog log, TimeProvider clock) : IPatientAccess
{
    public bool Open(Guid patientId, string what)
    {
        if (IsShut(patientId))
        {
            return false;
        }

        log.Viewed(patientId, what);
        return true;
    }

    public bool IsShut(Guid patientId) => Standing(scope, charts, clock).IsShut(patientId);

    /// <summary>Whether a shut chart would open to whoever acts if they said why; such a person finds it by name.</summary>
    public bool MayAsk => MayOpen(scope.Actor, charts);

    public static bool MayOpen(Actor actor, RestrictedCharts charts) => actor.SignedIn && charts.Owner is { } owner && actor.Can(owner.Declared.Permission);

    /// <summary>The charts as they stand to whoever acts in a scope.</summary>
    public static ChartsOf Standing(ScopeContext scope, RestrictedCharts charts, TimeProvider clock)
    {
        // A module that acts shows nothing to anybody; nobody sees nothing.
        var person = MayOpen(scope.Actor, charts) ? scope.Actor.PersonId : null;
        return scope.Actor.IsSystem || !scope.HasPractice ? ChartsOf.AllOpen : new(charts.Of(scope.Practice), person, clock.GetUtcNow())
        {
            LinkedTo = scope.Visit?.Link?.PatientId,
        };
    }
}

/// <param name="Person">Null: a program, or somebody who may open none.</param>
public readonly record struct ChartsOf(IReadOnlyDictionary<Guid, Opening[]> Restricted, Guid? Person, DateTimeOffset Now)
{
    /// <summary>The patient of the link that opened this page: who made it had opened the chart, and the link is about nobody else.</summary>
    public Guid? LinkedTo { get; init; }

    public static ChartsOf AllOpen { get; } = new(new Dictionary<Guid, Opening[]>(), null, default);

    public bool IsShut(Guid patient) => patient != LinkedTo && Restricted.TryGetValue(patient, out var openings) && Mine(openings) is null;

    /// <summary>Why this person opened the chart; null when it is not restricted.</summary>
    public string? Reason(Guid patient) => Restricted.TryGetValue(patient, out var openings) ? Mine(openings)?.Reason : null;

    public Guid[] Shut()
    {
        var charts = this;
        return [.. Restricted.Where(c => c.Key != charts.LinkedTo && charts.Mine(c.Value) is null).Select(c => c.Key)];
    }

    private Opening? Mine(Opening[] openings)
    {
        var (person, now) = (Person, Now);
        return person is null ? null : Array.Find(openings, o => o.Person == person && o.Until > now);
    }
}
