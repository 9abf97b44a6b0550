using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>What scanners and fax servers brought: the list, the oldest first, and one of it beside the form that files it.</summary>
[Feature(PatientsSettings.Documents)]
[ShowsFiles]
public sealed class ScanInbox(ScanDesk desk, IAccessLog log, ILive live) : Slice
{
    [HttpGet("/patients/scans")]
    [Needs(PatientsPermissions.FileScan)]
    public async Task<IActionResult> Get([PatientOf<Scan>("scan")] Guid? scan, CancellationToken ct)
    {
        var model = await desk.ShowAsync(scan, null, ct);
        // A list that refreshes itself is nobody who looks at a document.
        if (model.Open is not { Outcome: null } open || Request.Headers.ContainsKey("X-Background"))
        {
            return Page(model);
        }

        log.Opened(open.Scan.Id, "scan");
        if (await desk.NoteOpenAsync(open.Scan, ct))
        {
            live.Changed(PatientsModule.ScanTopic, open.Scan.LocationId.ToString("N"));
        }

        return Page(model);
    }
}
