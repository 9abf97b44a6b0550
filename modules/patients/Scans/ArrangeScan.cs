using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>Turns, splits, joins and leaves out pages, one key each. What was typed to file the document comes along and back.</summary>
[Feature(PatientsSettings.Documents)]
[ShowsFiles]
public sealed class ArrangeScan(PatientsDb db, ScanDesk desk, IAccessLog log, IPractice practice, ILive live) : Slice
{
    /// <param name="does">next, back, right, left, right-all, left-all, drop, keep, split, join.</param>
    [HttpPost("/patients/scans/{id:guid}/arrange")]
    [Needs(PatientsPermissions.FileScan)]
    public async Task<IActionResult> Post([PatientOf<Scan>("scan")] Guid id, string? does, ScanForm form, CancellationToken ct)
    {
        if (await db.Scans.Include(s => s.Pages).FirstOrDefaultAsync(s => s.Id == id, ct) is not { } scan)
        {
            return NotFound();
        }

        log.Opened(id, "scan");
        ModelState.Clear(); // what was typed is judged when it is filed
        var shown = id;
        if (scan.State != ScanState.Waiting)
        {
            Refuse("", ScanDesk.Outcome(scan, practice.Zone, Clock.GetUtcNow()));
        }
        else if (does is "next" or "back")
        {
            form.Page = Step(scan, form.Page, does == "next" ? 1 : -1);
        }
        else if (scan.Arrangement != form.Arrangement)
        {
            Refuse("", "Somebody else turned or split this document meanwhile. Look at it again; what you typed is still here.");
        }
        else
        {
            shown = await ChangeAsync(scan, does, form, ct);
        }

        return ModelState.IsValid
            ? View(nameof(ScanInbox), await desk.ShowAsync(shown, form, ct))
            : Invalid(await desk.ShowAsync(shown, form, ct));
    }

    private new ViewResult Invalid(object model)
    {
        Response.StatusCode = 422;
        return View(nameof(ScanInbox), model);
    }

    /// <returns>The document to show: another one when this was joined to it.</returns>
    private async Task<Guid> ChangeAsync(Scan scan, string? does, ScanForm form, CancellationToken ct)
    {
        var page = scan.Pages.Find(p => p.Number == form.Page)?.Number ?? scan.FirstPage;
        scan.ChangedAt = Clock.GetUtcNow();
        switch (does)
        {
            case "right" or "left":
                scan.Turn(page, does == "right" ? 90 : 270);
                break;
            case "right-all" or "left-all":
                scan.Turn(null, does == "right-all" ? 90 : 270);
                break;
            case "drop" or "keep":
                scan.Drop(page, does == "drop");
                form.Page = does == "drop" ? Step(scan, page, 1) : page;
                break;
            case "split" when scan.SplitAfter(page, scan.ChangedAt) is { } rest:
                db.Add(rest);
                break;
            case "split":
                Refuse("", "This is the last page; there is nothing to split off.");
                return scan.Id;
            case "join" when await BeforeAsync(scan, ct) is { } before:
                scan.JoinTo(before);
                before.ChangedAt = scan.ChangedAt;
                db.Remove(scan);
                scan = before;
                break;
            default:
                Refuse("", "The part before it was filed already, or there is none.");
                return scan.Id;
        }

        return await SaveAsync(scan, ct);
    }

    private async Task<Guid> SaveAsync(Scan scan, CancellationToken ct)
    {
        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            await db.SaveChangesAsync(ct);
            live.Changed(PatientsModule.ScanTopic, scan.LocationId.ToString("N"));
            await write.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            Refuse("", "Somebody else worked on this document at the same moment. Look at it again.");
        }

        db.ChangeTracker.Clear();
        return scan.Id;
    }

    private Task<Scan?> BeforeAsync(Scan scan, CancellationToken ct) => db.Scans.Include(s => s.Pages)
        .Where(s => s.ScanFileId == scan.ScanFileId && s.State == ScanState.Waiting && s.FirstPage < scan.FirstPage).OrderByDescending(s => s.FirstPage).FirstOrDefaultAsync(ct);

    private static int Step(Scan scan, int page, int by)
    {
        var numbers = scan.InOrder.Select(p => p.Number).ToList();
        return numbers[Math.Clamp(Math.Max(0, numbers.IndexOf(page)) + by, 0, numbers.Count - 1)];
    }
}
