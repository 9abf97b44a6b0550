using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Npgsql;

namespace Modular.Patients.Scans;

/// <summary>Asks for a look into the folders of all locations.</summary>
[Message("patients.watch-scan-folders.v1", OneHandler = true)]
public sealed record WatchScanFolders;

/// <summary>
/// Takes what has stopped growing. Every step can be repeated: a file is aside before it is read, in the database before it is deleted,
/// and known there by its content and name, so that neither a crash nor a second process loses or doubles one.
/// </summary>
[External]
public sealed class WatchScanFoldersHandler(PatientsDb db, ScanIntake intake, IFolders folders, IPractice practice, ILive live, TimeProvider clock)
{
    public async Task HandleAsync(WatchScanFolders message, CancellationToken ct)
    {
        foreach (var location in practice.Locations)
        {
            var folder = ScanFolder.Of(folders, location);
            if (folder.Exists && practice.HasFeature(PatientsSettings.Documents))
            {
                await LookAsync(folder, location.Id, ct);
            }
        }
    }

    private async Task LookAsync(ScanFolder folder, Guid location, CancellationToken ct)
    {
        await SettleAsync(folder, location, ct);
        foreach (var file in folder.Taken())
        {
            db.ChangeTracker.Clear();
            try
            {
                await intake.TakeAsync(location, file.Name, await file.ReadAsync(ct), ScanFile.Folder, null, ct);
                file.Done();
            }
            catch (FileRefusedException refused)
            {
                await RefuseAsync(location, file, refused.Message, ct);
                file.Refuse();
            }
            catch (FileNotFoundException)
            {
                // Another process was faster from here on.
            }
        }
    }

    private async Task SettleAsync(ScanFolder folder, Guid location, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = await db.ScanSightings.Where(s => s.LocationId == location).ToDictionaryAsync(s => s.Name, ct);
        foreach (var file in folder.Arrived().ToList())
        {
            if (known.Remove(file.Name, out var sighting) && sighting.Settled(file, now))
            {
                folder.Take(file.Name);
                db.Remove(sighting);
                continue;
            }

            if (sighting is null)
            {
                db.Add(sighting = new ScanSighting { LocationId = location, Name = file.Name });
            }

            sighting.Note(file, now);
        }

        // What is left in the list is gone from the folder.
        db.RemoveRange(known.Values);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Another process noted the same look. Whatever it saw, the next look sees again.
        }
    }

    private async Task RefuseAsync(Guid location, TakenFile file, string sentence, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var name = Shorten(file.Name, 120);
        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            db.Add(new ScanRefusal { Id = file.Id, LocationId = location, Name = name, Reason = Shorten(sentence, 300), RefusedAt = clock.GetUtcNow() });
            await db.SaveChangesAsync(ct);
            live.Changed(PatientsModule.ScanTopic, location.ToString("N"));
            await write.CommitAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Said before the process died; the file only had to be put aside.
        }
    }

    private static string Shorten(string text, int longest)
    {
        var plain = new string([.. text.Where(c => !char.IsControl(c))]);
        return plain.Length <= longest ? plain : plain[..(longest - 1)] + "…";
    }
}
