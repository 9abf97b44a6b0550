using Microsoft.EntityFrameworkCore;
using Modular.Host.PatientAccess;
using Modular.Host.Records;
using Modular.Sdk;

namespace Modular.Host.ContactLog;

/// <summary>The notes that whoever asks may see, and the records they are about.</summary>
public sealed class ContactBook(ContactLogDb db, RecordKinds records, AccessLog log, DataScope scope, Actor actor)
{
    /// <summary>What the access log calls it.</summary>
    public const string What = "contact log";

    /// <summary>More records than anybody speaks of in one call.</summary>
    public const int MostSubjects = 200;

    public ContactLogDb Db => db;

    public IQueryable<ContactNote> Seen => db.Seen(Kinds);

    private string[] Kinds => [.. records.All.Where(k => actor.Can(k.See)).Select(k => k.Id)];

    /// <summary>A note, with its patients in the access log; the question why comes first where a chart is shut.</summary>
    public async Task<ContactNote?> OpenAsync(Guid id, CancellationToken ct)
    {
        var about = await db.Subjects.AsNoTracking().WithShut().Where(s => s.NoteId == id).ToListAsync(ct);
        var kinds = Kinds;
        if (about.Count == 0 || !about.All(s => kinds.Contains(s.Kind) && (s.LocationId is not { } place || scope.Sees(place))))
        {
            return null;
        }

        foreach (var patient in about.Select(s => s.PatientId).OfType<Guid>().Distinct())
        {
            log.Viewed(patient, What);
        }

        return await Seen.FirstOrDefaultAsync(n => n.Id == id, ct);
    }

    /// <summary>The latest of a record that is seen already.</summary>
    public async Task<List<ContactNote>> OfAsync(SeenRecord record, int take, CancellationToken ct)
    {
        var (kind, row) = (record.Kind.Id, record.Row.Id);
        var notes = await Seen.AsNoTracking().Where(n => n.Subjects.Any(s => s.Kind == kind && s.RowId == row))
            .OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(take).ToListAsync(ct);
        log.Listed([.. notes.SelectMany(n => n.Patients).Distinct().Where(p => !log.HasSeen(p))], What);
        return notes;
    }

    /// <summary>The records named as <c>kind:id</c>, those that are not there for whoever asks left out.</summary>
    public async Task<IReadOnlyList<SeenRecord>> RecordsAsync(IEnumerable<string> named, CancellationToken ct)
    {
        var found = new List<SeenRecord>();
        // An empty answer arrives as null.
        foreach (var name in named.OfType<string>().Distinct().Take(MostSubjects + 1))
        {
            if (name.Split(':') is [var kind, var id] && Guid.TryParse(id, out var row) && await records.OpenAsync(kind, row, What, ct) is { } record)
            {
                found.Add(record);
            }
        }

        return found;
    }

    public static NoteSubject Subject(Guid note, SeenRecord record) => new()
    {
        NoteId = note, Kind = record.Kind.Id, RowId = record.Row.Id, Name = record.Row.Name,
        PatientId = record.Row.PatientId, LocationId = record.Row.LocationId,
    };
}
