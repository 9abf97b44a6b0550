using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Search;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>Patients as they are typed beside a document; those the person filed for last come first, and are offered before anything is typed.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class PatientsOfScan(PatientsDb db, IAccessLog log, IPractice practice) : Slice
{
    private const int Most = 8;

    [HttpGet("/patients/scans/patients")]
    [Needs(PatientsPermissions.FileScan)]
    public async Task<PickList> Get(string? patientName, CancellationToken ct)
    {
        var today = WallTime.Today(Clock, practice.Zone);
        var typed = PatientQuery.Parse(patientName, today);
        var offered = string.IsNullOrWhiteSpace(patientName);
        var found = offered ? await RecentAsync(db.Patients, 5, ct)
            : typed.IsEmpty || patientName!.Trim().Length < 2 ? [] : await FindAsync(typed, ct);
        if (found.Count > 0)
        {
            log.Listed([.. found.Select(p => p.Id)], "patients found for a scan");
        }

        return new(found.Select(p => p.ToPick(today))) { Offered = offered ? "Filed for last" : null };
    }

    private async Task<List<Patient>> FindAsync(PatientQuery typed, CancellationToken ct)
    {
        var matching = db.Patients.Matching(typed);
        var found = await RecentAsync(matching, Most, ct);
        found.AddRange(await matching.AsNoTracking().Ranked(typed).Take(Most).ToListAsync(ct));
        if (found.Count == 0 && await PatientMatches.LikeAsync(db, db.Patients, typed, ct) is { } alike)
        {
            found = await alike.AsNoTracking().Ranked(typed).Take(Most).ToListAsync(ct);
        }

        return [.. found.DistinctBy(p => p.Id).Take(Most)];
    }

    private async Task<List<Patient>> RecentAsync(IQueryable<Patient> patients, int most, CancellationToken ct)
    {
        var me = Actor.PersonId;
        var last = await db.Scans.Where(s => s.ClosedById == me && s.State == ScanState.Filed).OrderByDescending(s => s.ClosedAt).Select(s => s.PatientId!.Value).Take(20).ToListAsync(ct);
        var found = last.Count == 0 ? [] : await patients.AsNoTracking().Where(p => last.Contains(p.Id)).ToListAsync(ct);
        return [.. found.OrderBy(p => last.IndexOf(p.Id)).Take(most)];
    }
}
