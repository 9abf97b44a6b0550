using Modular.Patients.Messages;
using Modular.Referrals.Referrals;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Referrals.Reactions;

/// <summary>What referrals keep of what others own.</summary>
public static class Known
{
    /// <summary>Hears <see cref="PatientChanged"/>, <see cref="PatientRemoved"/> and <see cref="PatientsMerged"/>.</summary>
    public static readonly Projection<PatientChanged, KnownPatient> Patients =
        KnownPatient.Projection().Copied<Referral>(r => r.PatientId, r => r.PatientName, p => p.Name);

    /// <summary>Who may ask for a referral.</summary>
    public static readonly Projection<StaffMemberChanged, KnownStaffMember> Providers =
        KnownStaffMember.Providers().Copied<Referral>(r => r.AskedById, r => r.AskedBy, p => p.Name);

    public static readonly Projection<CaseChanged, KnownCase> Cases =
        new Projection<CaseChanged, KnownCase>(c => new() { Id = c.CaseId, Version = c.Version, PatientId = c.PatientId, Title = c.Title, ClaimNumber = c.ClaimNumber, ClosedOn = c.ClosedOn })
            .Once(c => c.PatientId).UsedBy<Referral>(r => r.CaseId).RemovedBy<PatientRemoved>(gone => gone.PatientId, c => c.PatientId);

    /// <summary>What its end means for the referrals under it is <see cref="CoverageEndHandler"/>'s to say.</summary>
    public static readonly Projection<CoverageChanged, KnownCoverage> Coverages = new Projection<CoverageChanged, KnownCoverage>(c => new()
    {
        Id = c.CoverageId,
        Version = c.Version,
        PatientId = c.PatientId,
        CaseId = c.CaseId,
        Line = c.BenefitLine,
        Rank = c.Rank,
        Payer = c.PayerName,
        Plan = c.PlanName,
        MemberId = c.MemberId,
        EffectiveFrom = c.EffectiveFrom,
        EffectiveTo = c.EffectiveTo,
    }).Once(c => c.PatientId).UsedBy<Referral>(r => r.CoverageId).RemovedBy<PatientRemoved>(gone => gone.PatientId, c => c.PatientId);
}
