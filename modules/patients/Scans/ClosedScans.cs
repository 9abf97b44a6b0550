using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>What was filed and discarded in the last thirty days, and the way back.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class ClosedScans(PatientsDb db, IAccessLog log, ChosenLocation chosen, IPractice practice) : Slice
{
    /// <param name="Patient">Null for a discarded one.</param>
    public sealed record Line(Scan Scan, int Pages, string? Patient);

    public sealed record Model(ListPage<Line> List, string Show, string Zone, DateTimeOffset Now);

    [HttpGet("/patients/scans/closed")]
    [Needs(PatientsPermissions.FileScan)]
    public async Task<IActionResult> Get(ListQuery query, string? show, CancellationToken ct)
    {
        var (here, text) = (chosen.Location?.Id, query.Text);
        ScanState? state = States.Find<ScanState>(show) is (ScanState.Filed or ScanState.Discarded) and var shown ? shown : null;
        var list = await db.Scans.AsNoTracking().Where(s => s.State != ScanState.Waiting && (here == null || s.LocationId == here))
            .Where(s => state == null || s.State == state)
            .Where(s => text == null || PatientsDb.Plain(s.Name).Contains(PatientsDb.Plain(text)))
            .OrderByDescending(s => s.ClosedAt).ThenBy(s => s.Id)
            .Select(s => new Line(s, s.Pages.Count(p => !p.Dropped), db.Patients.Where(p => p.Id == s.PatientId).Select(p => p.FirstName + " " + p.LastName).FirstOrDefault()))
            .PageAsync(query, ct);
        log.Listed([.. list.Rows.Select(l => l.Scan.PatientId).OfType<Guid>().Distinct()], "filed scans");
        return Page(new Model(list, show ?? "", chosen.Location?.Zone ?? practice.Zone, Clock.GetUtcNow()));
    }
}
