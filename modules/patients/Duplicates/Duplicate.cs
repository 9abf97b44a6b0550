using Modular.Sdk;

namespace Modular.Patients.Duplicates;

/// <summary>Two records that look like one person. The lower id stands first, so that a pair is one row.</summary>
[NotLogged]
public sealed class Duplicate : IVersioned
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
}

public enum DuplicateState
{
    Open,
    Different,
    Merged,
}
