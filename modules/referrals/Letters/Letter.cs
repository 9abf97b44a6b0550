using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Referrals.Reactions;
using Modular.Referrals.Referrals;
using Modular.Referrals.Specialists;
using Modular.Sdk;

namespace Modular.Referrals.Letters;

/// <summary>The letter to the specialist, to print or as a PDF: who, why, who pays, and how the patient wishes to be reached.</summary>
public sealed class Letter(ReferralDesk desk, IMessageBus bus, IPractice practice) : Slice
{
    /// <param name="Reach">Null while the patients module is off: then what is known here stands in.</param>
    public sealed record Model(
        Referral Referral, Specialist Specialist, KnownPatient? Patient, PatientReach? Reach, KnownCoverage? Coverage, KnownCase? Case, KnownProvider? AskedBy,
        string Practice, Location? From, DateOnly Today);

    [HttpGet("/referrals/letters/{id:guid}")]
    [Needs(ReferralsModule.Read)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        if (await desk.OpenAsync(id, ct) is not { } r)
        {
            return NotFound();
        }

        var (db, today) = (desk.Db, WallTime.Today(Clock, r.Zone));
        // How the specialist may call or write to the patient is the patient's wish, and only their owner knows it (45 CFR 164.522(b)).
        var reach = await bus.InvokeAsync<ReachFound>(new FindReach([r.PatientId], today), ct) is { Patients: [var found, ..] } ? found : null;
        return Page(new Model(
            r, await db.Specialists.AsNoTracking().FirstAsync(s => s.Id == r.SpecialistId, ct),
            await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == r.PatientId, ct), reach,
            await db.Coverages.AsNoTracking().FirstOrDefaultAsync(c => c.Id == r.CoverageId, ct),
            await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == r.CaseId, ct),
            await db.Providers.AsNoTracking().FirstOrDefaultAsync(p => p.Id == r.AskedById, ct),
            practice.Name, practice.Locations.FirstOrDefault(l => l.Id == r.LocationId), today));
    }
}
