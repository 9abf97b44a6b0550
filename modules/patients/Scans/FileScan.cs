using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Documents;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>Files a document into a chart and goes on to the next.</summary>
[Feature(PatientsSettings.Documents)]
[ShowsFiles]
public sealed class FileScan(PatientsDb db, ScanDesk desk, IFiles files, IPdf pdf, IAccessLog log, IPatientAccess patients, IPractice practice, ILive live) : PatientSlice(db, log, practice)
{
    [HttpPost("/patients/scans/{id:guid}/file")]
    [Needs(PatientsPermissions.FileScan)]
    public async Task<IActionResult> Post([PatientOf<Scan>("scan")] Guid id, ScanForm form, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } scan)
        {
            return NotFound();
        }

        AccessLog.Opened(id, "scan");
        ModelState.Clear();
        if (scan.State != ScanState.Waiting)
        {
            Refuse("", ScanDesk.Outcome(scan, Zone, Clock.GetUtcNow()));
        }
        else if (scan.Arrangement != form.Arrangement)
        {
            Refuse("", "Somebody else turned or split this document meanwhile. Look at its pages again, then file it; what you typed is still here.");
        }
        else if (scan.Kept.Count == 0)
        {
            Refuse("", "Every page is left out. Take one back, or discard the document.");
        }

        if (ModelState.IsValid && await PatientAsync(form, ct) is { } patient && await TryAsync(scan, patient, form, ct))
        {
            var next = await desk.AfterAsync(scan, ct);
            return Done(next is null ? "/patients/scans" : $"/patients/scans?scan={next}", $"{scan.Name} filed for {patient.FullName}.", $"/patients/scans/{id}/return");
        }

        Response.StatusCode = 422;
        return View(nameof(ScanInbox), await desk.ShowAsync(id, form, ct));
    }

    private async Task<Patient?> PatientAsync(ScanForm form, CancellationToken ct)
    {
        if (form.PatientId is not { } id || Reading.Clean(form.PatientName) is null)
        {
            Refuse(nameof(form.PatientName), "Choose the patient from the list.");
            return null;
        }

        var open = patients.Open(id, "scan filed");
        if (open && await OpenAsync(id, ct) is { } patient)
        {
            return patient;
        }

        Refuse(nameof(form.PatientName), !open
            ? "This chart is restricted. Open it first and say why, or leave the document to somebody who may."
            : "This patient was merged or removed meanwhile. Choose again.");
        return null;
    }

    private async Task<bool> TryAsync(Scan scan, Patient patient, ScanForm form, CancellationToken ct)
    {
        var read = new Reading(Today);
        var document = form.Write(patient.Id, read);
        if (!Accept(read.Errors))
        {
            return false;
        }

        var now = Clock.GetUtcNow();
        var filed = new Document
        {
            PatientId = document.PatientId, Title = document.Title, Category = document.Category, Dated = document.Dated,
            AddedAt = now, AddedBy = Actor.Name,
        };
        try
        {
            var result = await ScanSteps.All.TakeAsync(
                Db, Actor, scan, scan.Version, ScanSteps.File, s => s.File(patient.Id, filed.Id, Actor, now), ct,
                before: () => StoreAsync(scan, filed, ct));
            if (result.Taken)
            {
                return true;
            }

            // Of two who press Enter at the same moment the database lets one through.
            Db.ChangeTracker.Clear();
            var theirs = await FindAsync(scan.Id, ct);
            Refuse("", theirs is { ClosedAt: not null } ? ScanDesk.Outcome(theirs, Zone, Clock.GetUtcNow())
                : result.Outdated ? "Somebody else changed this document at the same moment. Look at it again." : result.Refusal!);
        }
        catch (FileRefusedException refused)
        {
            Refuse("", refused.Message);
        }

        AccessLog.Opened(scan.Id, "scan");
        return false;
    }

    /// <summary>The pages that are kept, as a file of the chart.</summary>
    private async Task StoreAsync(Scan scan, Document document, CancellationToken ct)
    {
        var file = await Db.ScanFiles.SingleAsync(f => f.Id == scan.ScanFileId, ct);
        var (bytes, type) = (await PageOfScan.ContentAsync(files, pdf, file, ct)).Make(scan.Kept);
        var name = type == file.Type ? file.Name : Path.GetFileNameWithoutExtension(file.Name) + ".pdf";
        using var content = new MemoryStream(bytes);
        // As with every document: the bare file address knows no restricted chart, so it is left to those who may open one.
        var what = Document.Categories[document.Category];
        var stored = await files.SaveAsync(content, name, new(PatientsPermissions.OpenRestricted, document.PatientId, what), ct);
        document.FileId = stored.Id;
        Db.Add(document);
        live.Changed(PatientsModule.ScanTopic, scan.LocationId.ToString("N"));
    }

    private Task<Scan?> FindAsync(Guid id, CancellationToken ct) => Db.Scans.Include(s => s.Pages).FirstOrDefaultAsync(s => s.Id == id, ct);
}
