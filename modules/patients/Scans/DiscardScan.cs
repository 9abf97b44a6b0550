using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>Takes a document out of the inbox that belongs into no chart. It can come back for thirty days.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class DiscardScan(PatientsDb db, ScanDesk desk, IAccessLog log, IPractice practice, ILive live) : Slice
{
    public sealed record Model(Scan Scan, string? Reason);

    public static IReadOnlyDictionary<string, string> Reasons { get; } =
        new[] { "Advertising", "Came twice", "Blank or unreadable", "Meant for another office" }.ToDictionary(r => r);

    [HttpGet("/patients/scans/{id:guid}/discard")]
    [Needs(PatientsModule.FileScan)]
    public async Task<IActionResult> Get([PatientOf<Scan>("scan")] Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } scan)
        {
            return NotFound();
        }

        log.Opened(id, "scan");
        return Page(new Model(scan, Reasons.Keys.First()));
    }

    [HttpPost("/patients/scans/{id:guid}/discard")]
    [Needs(PatientsModule.FileScan)]
    public async Task<IActionResult> Post([PatientOf<Scan>("scan")] Guid id, string? reason, string? other, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } scan)
        {
            return NotFound();
        }

        log.Opened(id, "scan");
        var why = Reading.Clean(other) ?? Reading.Clean(reason);
        if (why is null or { Length: < 3 or > 200 })
        {
            Refuse("other", "Say in a few words why (3 to 200 letters).");
        }
        else if (scan.State != Scan.Waiting)
        {
            Refuse("", ScanDesk.Outcome(scan, practice.Zone, Clock.GetUtcNow()));
        }

        if (!ModelState.IsValid || !await TryAsync(scan, why!, ct))
        {
            return Invalid(new Model(scan, reason));
        }

        var next = await desk.AfterAsync(scan, ct);
        return Done(next is null ? "/patients/scans" : $"/patients/scans?scan={next}", $"{scan.Name} discarded: {why}.", $"/patients/scans/{id}/return");
    }

    private async Task<bool> TryAsync(Scan scan, string why, CancellationToken ct)
    {
        scan.Discard(why, Actor, Clock.GetUtcNow());
        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            await db.SaveChangesAsync(ct);
            live.Changed(PatientsModule.ScanTopic, scan.LocationId.ToString("N"));
            await write.CommitAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            Refuse("", "Somebody else worked on this document at the same moment. Look at it again.");
            return false;
        }
    }

    private Task<Scan?> FindAsync(Guid id, CancellationToken ct) => db.Scans.FirstOrDefaultAsync(s => s.Id == id, ct);
}
