using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>Asks for what has waited too long in the inbox to become a task. Sent with each scan, for the moment when it will have.</summary>
[Message("patients.note-overdue-scans.v1", OneHandler = true)]
public sealed record NoteOverdueScans
{
    /// <summary>Just after: a scan is overdue later than its time, not at it.</summary>
    public static DeliveryOptions At(DateTimeOffset dueBy) => new(ScheduledAt: dueBy.AddSeconds(1));
}

public sealed class NoteOverdueScansHandler(PatientsDb db, TimeProvider clock)
{
    public async Task HandleAsync(NoteOverdueScans message, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var scan in await db.Scans.Where(s => s.State == ScanState.Waiting && !s.Overdue && s.DueBy < now).OrderBy(s => s.DueBy).Take(200).ToListAsync(ct))
        {
            scan.NoteTime(now);
        }

        // When somebody files one of them this moment, the retry notes the others.
        await db.SaveChangesAsync(ct);
    }
}
