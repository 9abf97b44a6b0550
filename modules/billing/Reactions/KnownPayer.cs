using Modular.Sdk;

namespace Modular.Billing.Reactions;

/// <summary>Who a payer is, as the patients module told it; what it demands and pays is billing's own.</summary>
[NotLogged]
public sealed class KnownPayer : IProjected
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public required string Name { get; init; }

    /// <summary>The number a claim is addressed to.</summary>
    public string? PayerNumber { get; init; }
    public string? Address { get; init; }
    public string? City { get; init; }
    public string? State { get; init; }
    public string? Zip { get; init; }
    public string? Phone { get; init; }

    /// <summary>837P SBR09: CI, MB, 12.</summary>
    public string? ClaimFilingCode { get; init; }
    public bool Active { get; init; }
}
