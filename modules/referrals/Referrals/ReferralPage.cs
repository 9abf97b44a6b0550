using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Referrals.Reactions;
using Modular.Referrals.Specialists;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>One referral: where it stands, the next step, and all that happened.</summary>
public sealed class ReferralPage(ReferralDesk desk, IPractice practice) : Slice
{
    public sealed record Model(
        Referral Referral, Specialist Specialist, KnownCoverage? Coverage, KnownCase? Case, string Location, Moment Now, bool MayWrite, bool MaySend,
        bool MayClose, bool MayTakeBack)
    {
        public string At => $"/referrals/referrals/{Referral.Id}";

        public bool IsLate => Referral.Overdue;

        public string Due => Referral.Step switch
        {
            Step.Written or Step.Checked or Step.Sent => "Appointment expected by",
            Step.Booked => "Seen or not, known by",
            Step.Missed => "Call the patient by",
            Step.Seen => "Reply expected by",
            _ => "Read the reply by",
        };
    }

    [HttpGet("/referrals/referrals/{id:guid}")]
    [Needs(ReferralsPermissions.Read)]
    public async Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct)
    {
        if (await desk.OpenAsync(id, ct) is not { } referral)
        {
            return NotFound();
        }

        var db = desk.Db;
        var specialist = await db.Specialists.AsNoTracking().FirstAsync(s => s.Id == referral.SpecialistId, ct);
        var coverage = referral.CoverageId is null ? null : await db.Coverages.AsNoTracking().FirstOrDefaultAsync(c => c.Id == referral.CoverageId, ct);
        var @case = referral.CaseId is null ? null : await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == referral.CaseId, ct);
        return Page(new Model(
            referral, specialist, coverage, @case, practice.Locations.FirstOrDefault(l => l.Id == referral.LocationId)?.Name ?? "", await desk.NowAsync(referral, ct),
            Actor.Can(ReferralsPermissions.Write), Actor.Can(ReferralsPermissions.Send), Actor.Can(ReferralsPermissions.Close), ReferralSteps.All.ToTakeBack(referral) is { } last && Actor.Can(last.Needs)));
    }

}
