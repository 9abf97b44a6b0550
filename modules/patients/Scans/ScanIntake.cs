using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Npgsql;

namespace Modular.Patients.Scans;

/// <summary>The one way into the inbox, for the folder, the button and the demo: checked, kept once, told to open pages.</summary>
public sealed class ScanIntake(PatientsDb db, IFiles files, IPdf pdf, ISettings<PatientsSettings> settings, IMessageBus bus, ILive live, Actor actor, TimeProvider clock)
{
    /// <returns>False when the very file is here already; one that was discarded is then back.</returns>
    /// <exception cref="FileRefusedException">With a sentence for the person.</exception>
    public async Task<bool> TakeAsync(Guid location, string name, byte[] bytes, string source, string? by, CancellationToken ct)
    {
        var content = pdf.Read(bytes, name);
        content.Prove();
        var hours = (await settings.GetAsync(location, ct)).ScanWaitHours;
        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            using var stream = new MemoryStream(bytes);
            var stored = await files.SaveAsync(stream, name, new(PatientsPermissions.FileScan, What: "scan", LocationId: location), ct);
            var file = new ScanFile
            {
                LocationId = location, FileId = stored.Id, Name = stored.Name, Sha256 = stored.Sha256, Type = content.Type, Pages = content.Pages,
                Source = source, ReceivedAt = clock.GetUtcNow(), ReceivedBy = by,
            };
            db.Add(file);
            var scan = Scan.Of(file, content, hours);
            db.Add(scan);
            await bus.PublishAsync(new NoteOverdueScans(), NoteOverdueScans.At(scan.DueBy));
            await db.SaveChangesAsync(ct);
            live.Changed(PatientsModule.ScanTopic, location.ToString("N"));
            await write.CommitAsync(ct);
            return true;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: "scan_files_once" })
        {
            db.ChangeTracker.Clear();
            await ReturnAsync(location, bytes, ct);
            return false;
        }
    }

    private async Task ReturnAsync(Guid location, byte[] bytes, CancellationToken ct)
    {
        var sha = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await using var write = await db.BeginWriteAsync(ct);
        var discarded = await db.Scans.Where(s => s.LocationId == location && s.State == ScanState.Discarded && db.ScanFiles.Any(f => f.Id == s.ScanFileId && f.Sha256 == sha)).ToListAsync(ct);
        discarded.ForEach(s => s.Return(actor, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        live.Changed(PatientsModule.ScanTopic, location.ToString("N"));
        await write.CommitAsync(ct);
    }
}
