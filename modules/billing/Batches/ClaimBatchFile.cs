using Modular.Sdk;

namespace Modular.Billing.Batches;

/// <summary>A file of claims to one receiver, with the numbers that a TA1 or 999 answers to.</summary>
public sealed class ClaimBatchFile : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid PayerId { get; init; }
    public required string Payer { get; init; }
    public required Guid EntityId { get; init; }

    /// <summary>ISA13.</summary>
    public required int InterchangeNumber { get; init; }

    /// <summary>GS06.</summary>
    public required int GroupNumber { get; init; }

    /// <summary>BHT03.</summary>
    public required string Reference { get; init; }
    public required byte[] File { get; init; }

    /// <summary>SHA-256 of <see cref="File"/>.</summary>
    public required string Hash { get; init; }
    public required int Claims { get; init; }
    public required decimal Total { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required string MadeBy { get; init; }

    /// <summary>Taken back before anybody received it.</summary>
    public DateTimeOffset? RecalledAt { get; set; }
    public string? RecalledBy { get; set; }

    public string FileName => $"claims-{Reference}.837";

    public string Url => $"/billing/batches/{Id}";
}
