using Modular.Sdk;

namespace Modular.Billing.Reactions;

/// <summary>Who pays for a patient and whose plan it is, as <see cref="Patients.Messages.CoverageChanged"/> told it.</summary>
[NotLogged]
public sealed class KnownCoverage : IProjected, IOfPatient
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public Guid PatientId { get; init; }
    Guid? IOfPatient.PatientId => PatientId;
    public Guid? CaseId { get; init; }

    /// <summary>medical, dental, vision, behavioral, pharmacy, or case.</summary>
    public required string Line { get; init; }

    /// <summary>1 primary, 2 secondary, 3 tertiary.</summary>
    public int Rank { get; init; }
    public Guid PayerId { get; init; }
    public required string Payer { get; init; }

    /// <summary>837P SBR09: CI, MB, 12.</summary>
    public string? ClaimFilingCode { get; init; }
    public required string MemberId { get; init; }
    public string? GroupNumber { get; init; }
    public string? GroupName { get; init; }
    public string? PlanName { get; init; }
    public string? PlanType { get; init; }

    /// <summary>self, spouse, child, partner, employee, organ-donor, cadaver-donor, other, unknown.</summary>
    public required string Relationship { get; init; }

    public string? SubscriberFirst { get; init; }
    public string? SubscriberMiddle { get; init; }
    public required string SubscriberLast { get; init; }
    public string? SubscriberSuffix { get; init; }
    public DateOnly? SubscriberBirth { get; init; }
    public string? SubscriberSex { get; init; }
    public string? SubscriberAddress { get; init; }
    public string? SubscriberAddress2 { get; init; }
    public string? SubscriberCity { get; init; }
    public string? SubscriberState { get; init; }
    public string? SubscriberZip { get; init; }

    public DateOnly EffectiveFrom { get; init; }

    /// <summary>The last day covered.</summary>
    public DateOnly? EffectiveTo { get; init; }

    public bool RunsOn(DateOnly day) => EffectiveFrom <= day && (EffectiveTo is null || EffectiveTo >= day);
}
