using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Duplicates;

/// <summary>Two records that look like one person. The lower id stands first, so that a pair is one row.</summary>
[NotLogged]
public sealed class Duplicate : IVersioned, IOwned
{
    /// <summary>From here on two records are shown as possibly one person.</summary>
    public const int Likely = 60;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid FirstId { get; init; }
    public Guid SecondId { get; init; }

    /// <summary>0 to 100.</summary>
    public int Score { get; set; }
    public DateTimeOffset FoundAt { get; init; }

    public DuplicateState State { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecidedBy { get; set; }
    public Guid? OwnerId { get; set; }
    public string? Owner { get; set; }

    /// <summary>Pairs that nobody judged yet, the likeliest first; only who took one has it in the inbox.</summary>
    public static WorkQueue<Duplicate> Queue { get; } = new("patients.duplicate", "pair", "/patients/duplicates", PatientsPermissions.Merge)
    {
        Open = d => d.State == DuplicateState.Open,
        Priority = d => d.Score,
        // A pair with a chart that is shut to whoever asks is no work of theirs.
        Rows = db => db.Set<Duplicate>().Where(d => db.Set<Patient>().Any(p => p.Id == d.FirstId) && db.Set<Patient>().Any(p => p.Id == d.SecondId)),
        Patient = d => d.FirstId,
        Title = _ => "Decide whether two records are one person",
        Link = d => $"/patients/merges/merge?keep={d.FirstId}&gone={d.SecondId}",
        Why = (d, _) => $"The two records are {d.Score} of 100 alike: they may be one person, registered twice.",
    };
}

public enum DuplicateState
{
    Open,
    Different,
    Merged,
}
