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
    [Needs(PatientsPermissions.FileScan)]
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
    [Needs(PatientsPermissions.FileScan)]
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
        else if (scan.State != ScanState.Waiting)
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
        var now = Clock.GetUtcNow();
        var result = await ScanSteps.All.TakeAsync(db, Actor, scan, scan.Version, ScanSteps.Discard, s => s.Discard(why, Actor, now), ct,
            after: () => TellAsync(scan));
        if (result.Refusal is { } sentence)
        {
            Refuse("", result.Outdated ? "Somebody else worked on this document at the same moment. Look at it again." : sentence);
        }

        return result.Taken;
    }

    private Task TellAsync(Scan scan)
    {
        live.Changed(PatientsModule.ScanTopic, scan.LocationId.ToString("N"));
        return Task.CompletedTask;
    }

    private Task<Scan?> FindAsync(Guid id, CancellationToken ct) => db.Scans.FirstOrDefaultAsync(s => s.Id == id, ct);
}
