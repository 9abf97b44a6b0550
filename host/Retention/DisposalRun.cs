using Modular.Sdk;

namespace Modular.Host.Retention;

public enum DisposalState
{
    /// <summary>Records whose time is over are looked for.</summary>
    Collecting,
    Review,

    /// <summary>A second person decides.</summary>
    Asked,
    Running,
    Done,

    /// <summary>Somebody stopped it on the way; what was gone by then is gone.</summary>
    Stopped,

    /// <summary>Given up before anything went.</summary>
    Discarded,
}

/// <summary>One disposal over all modules, from what was proposed to its certificate.</summary>
public sealed class DisposalRun : IVersioned
{
    /// <summary>Taken by each step of a run and by who holds something: a hold is there before the next record goes.</summary>
    public const string Lock = "disposal";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public DisposalState State { get; set; }
    public required DateOnly JudgedOn { get; init; }
    public required string ProposedBy { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>Why these records go, as the second person reads it.</summary>
    public string? Reason { get; set; }

    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? Note { get; set; }
    public Guid? Work { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? Digest { get; set; }

    public bool HasEnded => State is DisposalState.Done or DisposalState.Stopped;
}

/// <summary>The class of one kind, as the run judges by it.</summary>
public sealed class DisposalKind
{
    public required Guid RunId { get; init; }
    public required string Kind { get; init; }
    public required string Title { get; init; }
    public required int Years { get; init; }
    public required string Citation { get; init; }
    public required DateOnly AsOf { get; init; }

    /// <summary>A record that was proposed by itself; null for all whose time is over.</summary>
    public Guid? One { get; init; }

    public bool Collected { get; set; }
    public int Held { get; set; }

    /// <summary>Why its records could not be looked through.</summary>
    public string? Fault { get; set; }
}

public enum DisposalItemState
{
    Proposed,

    /// <summary>Somebody left it out in the review.</summary>
    LeftOut,
    Disposed,

    /// <summary>When its turn came it was held, seen again or still referred to.</summary>
    Kept,
}

/// <summary>One record of a run.</summary>
public sealed class DisposalItem
{
    public Guid Id { get; init; }
    public Guid RunId { get; init; }
    public long Number { get; init; }
    public required string Kind { get; init; }
    public Guid RecordId { get; init; }
    public string? Label { get; init; }
    public DateOnly StartsOn { get; init; }
    public DateOnly KeptUntil { get; init; }
    public DisposalItemState State { get; init; }
    public string? Why { get; init; }
}
