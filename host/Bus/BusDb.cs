using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Bus;

/// <summary>The bus's tables as the administration pages read them; the bus itself writes SQL.</summary>
public sealed class BusDb(ModuleDbContext<BusDb> context) : ModuleDb(context)
{
    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();

    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    public DbSet<JobRow> Jobs => Set<JobRow>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<DeadLetter>().ToView("dead_letters", "bus").HasKey(d => d.LetterId);
        model.Entity<DeadLetter>().Property(d => d.Body).HasColumnType("jsonb");
        model.Entity<InboxMessage>().ToView("inbox", "bus").HasKey(m => new { m.Id, m.Queue });
        model.Entity<JobRow>().ToTable("jobs", "bus").HasKey(j => j.Id);
    }
}

/// <summary>A message that could not be handled.</summary>
public sealed class DeadLetter
{
    public Guid LetterId { get; init; }

    /// <summary>The message's own id, the same at every attempt.</summary>
    public Guid Id { get; init; }

    public required string Queue { get; init; }
    public required string Module { get; init; }
    public required string Alias { get; init; }
    public string? Key { get; init; }
    public int Attempts { get; init; }
    public required string Body { get; init; }
    public required string Actor { get; init; }
    public Guid CorrelationId { get; init; }
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>Type of the exception, or the database's error code.</summary>
    public required string Exception { get; init; }

    /// <summary>Its message without values.</summary>
    public required string Reason { get; init; }

    public required string Detail { get; init; }
    public DateTimeOffset DiedAt { get; init; }
}

public sealed class JobRow
{
    public required string Id { get; init; }
    public required string Module { get; init; }
    public required string Cron { get; init; }
    public DateTimeOffset? NextRun { get; init; }
    public DateTimeOffset? LastRun { get; init; }
    public string? LastResult { get; init; }
}

/// <summary>A message that waits or was handled a moment ago.</summary>
public sealed class InboxMessage
{
    public Guid Id { get; init; }
    public required string Queue { get; init; }
    public required string Alias { get; init; }
    public required string Status { get; init; }
    public required string Actor { get; init; }
    public DateTimeOffset ExecuteAt { get; init; }
    public DateTimeOffset OccurredAt { get; init; }
}
