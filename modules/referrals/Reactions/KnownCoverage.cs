using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Reactions;

/// <summary>Who pays for a patient, as the patients module told it.</summary>
[NotLogged]
public sealed class KnownCoverage : IProjected, IOfPatient
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public Guid PatientId { get; init; }
    Guid? IOfPatient.PatientId => PatientId;
    public Guid? CaseId { get; init; }
    public required string Line { get; init; }
    public int Rank { get; init; }
    public required string Payer { get; init; }
    public string? Plan { get; init; }
    public required string MemberId { get; init; }
    public DateOnly EffectiveFrom { get; init; }

    /// <summary>The last day covered.</summary>
    public DateOnly? EffectiveTo { get; init; }

    public string Words => $"{Payer}{(Plan is null ? "" : $", {Plan}")} · member {MemberId}";

    public bool RunsOn(DateOnly day) => EffectiveFrom <= day && (EffectiveTo is null || EffectiveTo >= day);
}

/// <summary>An accident or injury that has a payer of its own.</summary>
[NotLogged]
public sealed class KnownCase : IProjected, IOfPatient
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public Guid PatientId { get; init; }
    Guid? IOfPatient.PatientId => PatientId;
    public required string Title { get; init; }
    public string? ClaimNumber { get; init; }
    public DateOnly? ClosedOn { get; init; }

    public string Words => ClaimNumber is null ? Title : $"{Title} · claim {ClaimNumber}";
}
