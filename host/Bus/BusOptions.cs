namespace Modular.Host.Bus;

/// <summary>The bus's few numbers. Tests shorten the waits; a practice never sees them.</summary>
public sealed record BusOptions
{
    /// <summary>Retries at once, in memory, each with up to half of its wait again as jitter.</summary>
    public TimeSpan[] QuickRetries { get; init; } = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(800)];

    /// <summary>Then retries from the database; after the last one the message is a dead letter.</summary>
    public TimeSpan[] ScheduledRetries { get; init; } = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    /// <summary>Rows of one transaction. Below the 64 subtransactions that PostgreSQL keeps in shared memory.</summary>
    public int BatchRows { get; init; } = 50;

    /// <summary>Rows that a handler of lists takes at once: they need no subtransaction each.</summary>
    public int ListRows { get; init; } = 500;

    /// <summary>A batch commits what it has after this long, so that its row locks stay short.</summary>
    public TimeSpan BatchTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Rows of one practice in memory; beyond, they wait in the table for anyone.</summary>
    public int MemoryRows { get; init; } = 1000;

    /// <summary>The bus takes at most so many of a practice's connections.</summary>
    public int ConnectionsPerPractice { get; init; } = 4;

    /// <summary>All practices together: a burst everywhere must leave connections to pages.</summary>
    public int ConnectionsPerProcess { get; init; } = 24;

    /// <summary>How long a handled row answers "already seen".</summary>
    public TimeSpan KeepHandled { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the catalogue's hints are read: one query whatever the number of practices.</summary>
    public TimeSpan HintInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often every practice is visited, due or not: repairs hints that were lost.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A host unseen for this long is dead.</summary>
    public TimeSpan NodeDeadAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long running handlers may go on when the host stops.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(60);
}
