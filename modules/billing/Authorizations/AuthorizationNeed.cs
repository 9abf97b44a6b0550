using Modular.Sdk;

namespace Modular.Billing.Authorizations;

/// <summary>A payer wants an authorization or a referral for a type of visit, or for every one.</summary>
public sealed class AuthorizationNeed : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PayerId { get; set; }
    public string Kind { get; set; } = Authorization.Prior;

    /// <summary>Name of the appointment type; null: every visit.</summary>
    public string? VisitType { get; set; }

    /// <summary>Where the payer says so.</summary>
    public string Source { get; set; } = "";
}

/// <summary>By when a payer of a kind has to answer; what the law says on a day.</summary>
public sealed class AuthorizationClock
{
    /// <summary>837P SBR09: 16 Medicare Advantage, MC Medicaid.</summary>
    public required string FilingCode { get; init; }
    public bool Expedited { get; init; }
    public int Days { get; init; }
    public DateOnly ValidFrom { get; init; }
    public required string Source { get; init; }
}
