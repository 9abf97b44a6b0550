using Modular.Sdk;

namespace Modular.Host.Programs;

/// <summary>An address of a program that is told of messages as they happen.</summary>
public sealed class Webhook : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid ProgramId { get; init; }
    public required string Url { get; init; }
    public required string[] Aliases { get; set; }

    [NotLogged]
    public required byte[] Secret { get; init; }
    public DateTimeOffset MadeAt { get; init; }
    public required string MadeBy { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedWhy { get; set; }

    /// <summary>Null when the host ended it, after days of failure.</summary>
    public string? EndedBy { get; set; }

    // How it fares is written beside the deliveries, so it is in no change log; going on after an end clears it.
    public DateTimeOffset? DeliveredAt { get; private set; }
    public DateTimeOffset? FailingSince { get; set; }
    public string? Failure { get; set; }
}
