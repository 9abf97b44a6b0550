using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Reactions;

/// <summary>Who pays for a patient, as the patients module told it.</summary>
[NotLogged]
public sealed class KnownCoverage : IOfPatient
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

    /// <summary>Takes the state over unless a later one is known. The patient is set once: afterwards a merge moves the row here as it moves the owner's.</summary>
    public static Task UpsertAsync(ReferralsDb db, CoverageChanged c, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        insert into referrals.coverages as known (id, version, patient_id, case_id, line, rank, payer, plan, member_id, effective_from, effective_to)
        values ({c.CoverageId}, {c.Version}, {c.PatientId}, {c.CaseId}, {c.BenefitLine}, {c.Rank}, {c.PayerName}, {c.PlanName}, {c.MemberId}, {c.EffectiveFrom}, {c.EffectiveTo})
        on conflict (id) do update set version = excluded.version, case_id = excluded.case_id, line = excluded.line, rank = excluded.rank, payer = excluded.payer,
            plan = excluded.plan, member_id = excluded.member_id, effective_from = excluded.effective_from, effective_to = excluded.effective_to
        where excluded.version > known.version
        """, ct);
}

/// <summary>Keeps the coverage, and tells the referrals that are under it when it ends before the specialist has seen the patient.</summary>
public sealed class CoverageChangedHandler(ReferralsDb db, ILive live, TimeProvider clock)
{
    public async Task<OutgoingMessages> HandleAsync(CoverageChanged c, CancellationToken ct)
    {
        await KnownCoverage.UpsertAsync(db, c, ct);
        // What is known is the latest, told by this message or read from its owner before it came.
        var until = (await db.Coverages.AsNoTracking().FirstAsync(k => k.Id == c.CoverageId, ct)).EffectiveTo;
        var under = await db.Referrals.Where(r => r.CoverageId == c.CoverageId && r.EndedOn == null && r.CoverageEndsOn != until).ToListAsync(ct);
        foreach (var referral in under)
        {
            var today = WallTime.Today(clock, referral.Zone);
            if (referral.PlanEnds(until, today) && referral.CoverageEnded)
            {
                referral.Write($"{c.PayerName} ends on {Said.ShortDay(until!.Value)}, before the specialist sees the patient", new(today, clock.GetUtcNow(), "Coverage"), "bad");
            }
        }

        return await MarkedReferrals.SaveAsync(db, live, under, ct);
    }
}

/// <summary>An accident or injury that has a payer of its own.</summary>
[NotLogged]
public sealed class KnownCase : IOfPatient
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

public static class CaseChangedHandler
{
    public static Task HandleAsync(CaseChanged c, ReferralsDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"""
            insert into referrals.cases as known (id, version, patient_id, title, claim_number, closed_on)
            values ({c.CaseId}, {c.Version}, {c.PatientId}, {c.Title}, {c.ClaimNumber}, {c.ClosedOn})
            on conflict (id) do update set version = excluded.version, title = excluded.title, claim_number = excluded.claim_number, closed_on = excluded.closed_on
            where excluded.version > known.version
            """, ct);
}
