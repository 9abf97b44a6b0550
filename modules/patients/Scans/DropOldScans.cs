using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>Asks for what was filed or discarded long enough ago to be taken off the inbox's shelf.</summary>
[Message("patients.drop-old-scans.v1", OneHandler = true)]
public sealed record DropOldScans;

/// <summary>
/// After thirty days the file as it came goes: what was filed of it is in the charts, and a file of several patients must not
/// outlive its use. A page that still waits keeps the whole file.
/// </summary>
public sealed class DropOldScansHandler(PatientsDb db, IFiles files, IMessageBus bus, TimeProvider clock)
{
    public async Task HandleAsync(DropOldScans message, CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-Scan.DaysBack);
        await using var write = await db.BeginWriteAsync(ct);
        var old = await db.ScanFiles.Where(f => !db.Scans.Any(s => s.ScanFileId == f.Id && (s.State == ScanState.Waiting || s.ClosedAt >= since))).Take(500).ToListAsync(ct);
        foreach (var file in old)
        {
            db.RemoveRange(await db.Scans.Include(s => s.Pages).Where(s => s.ScanFileId == file.Id).ToListAsync(ct));
            db.Remove(file);
            await files.RemoveAsync(file.FileId, ct);
        }

        // For one whose own message was lost, or that waited already when there was none.
        await bus.PublishAsync(new NoteOverdueScans());
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }
}
