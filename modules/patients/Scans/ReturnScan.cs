using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>Takes a document back into the inbox: out of the chart it was filed in by mistake, or out of what was discarded.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class ReturnScan(PatientsDb db, IFiles files, IAccessLog log, IPractice practice, ILive live) : PatientSlice(db, log, practice)
{
    [HttpPost("/patients/scans/{id:guid}/return")]
    [Needs(PatientsPermissions.FileScan)]
    public async Task<IActionResult> Post([PatientOf<Scan>("document taken back to the inbox")] Guid id, CancellationToken ct)
    {
        if (await Db.Scans.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } scan)
        {
            return NotFound();
        }

        AccessLog.Opened(id, "scan");
        return scan.State == ScanState.Waiting ? Done($"/patients/scans?scan={id}", $"{scan.Name} is in the inbox already.") : await ReturnAsync(scan, ct);
    }

    private async Task<IActionResult> ReturnAsync(Scan scan, CancellationToken ct)
    {
        var document = await Db.Documents.FirstOrDefaultAsync(d => d.Id == scan.DocumentId, ct);
        if (document is not null && await Db.DocumentVersions.AnyAsync(v => v.DocumentId == document.Id, ct))
        {
            return Done($"/patients/charts/{document.PatientId}", $"{document.Title} has a better scan by now and stays in the chart.");
        }

        var now = Clock.GetUtcNow();
        var result = await ScanSteps.All.TakeAsync(Db, Actor, scan, scan.Version, ScanSteps.Return, s => s.Return(Actor, now), ct, after: async () =>
        {
            if (document is not null)
            {
                // The document has let go of its scan; now it leaves the chart, its file with it: nothing of it stays with the wrong patient.
                Db.Remove(document);
                await files.RemoveAsync(document.FileId, ct);
                await Db.SaveChangesAsync(ct);
            }

            live.Changed(PatientsModule.ScanTopic, scan.LocationId.ToString("N"));
        });
        if (!result.Taken)
        {
            return Done("/patients/scans", result.Outdated ? $"Somebody else worked on {scan.Name} at the same moment." : result.Refusal!);
        }

        return Done($"/patients/scans?scan={scan.Id}", $"{scan.Name} is back in the inbox.");
    }
}
