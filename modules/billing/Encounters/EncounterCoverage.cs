using Modular.Sdk;

namespace Modular.Billing.Encounters;

/// <summary>Who pays for an encounter, by rank, as it was known when its charges were closed.</summary>
[NotLogged]
public sealed class EncounterCoverage
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid EncounterId { get; init; }

    /// <summary>1 pays first.</summary>
    public int Rank { get; init; }
    public Guid CoverageId { get; init; }
    public Guid PayerId { get; init; }
    public required string Payer { get; init; }
    public required string MemberId { get; init; }
}
