using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>Asks whoever has to read a document and was not asked, lets go of whoever has not to any more, and marks what is overdue.</summary>
public sealed class RequiredReaders(AcknowledgementsDb db, PeopleDb people, DocumentKinds kinds, IPractice practice, TimeProvider clock)
{
    /// <param name="document">One document; null for all.</param>
    public async Task AskAsync(Guid? document, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync("required readers", ct);
        var today = WallTime.Today(clock, practice.Zone);
        var documents = await db.Documents.AsNoTracking().Where(d => d.Asking > 0 && (document == null || d.Id == document)).ToListAsync(ct);
        if (documents.Count == 0)
        {
            return;
        }

        var everybody = await people.People.AsNoTracking().AsSplitQuery().Include(p => p.Roles).Include(p => p.Locations).ToListAsync(ct);
        var ids = documents.ConvertAll(d => d.Id);
        var asked = (await db.Acknowledgements.Where(a => ids.Contains(a.DocumentId)
                && (a.State == AcknowledgementState.Waiting || db.Documents.Any(d => d.Id == a.DocumentId && d.Asking == a.Number)))
            .ToListAsync(ct)).ToLookup(a => a.DocumentId);
        foreach (var one in documents)
        {
            var asks = one.Asks && kinds.Find(one.Kind) is not null;
            Bring(one, everybody.FindAll(p => asks && one.IsFor(p)), [.. asked[one.Id]], today);
        }

        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    private void Bring(ReadingDocument document, List<Person> readers, List<Acknowledgement> asked, DateOnly today)
    {
        var present = asked.Where(a => a.Number == document.Asking).ToDictionary(a => a.PersonId);
        foreach (var reader in readers)
        {
            if (!present.TryGetValue(reader.Id, out var row))
            {
                db.Add(row = new()
                {
                    DocumentId = document.Id, Number = document.Asking, Name = document.Name, PersonId = reader.Id, Person = reader.Name,
                    AskedOn = today, DueOn = today.AddDays(document.Days),
                });
            }
            else if (row.State == AcknowledgementState.Released)
            {
                (row.State, row.AskedOn, row.DueOn) = (AcknowledgementState.Waiting, today, today.AddDays(document.Days));
            }

            if (row.State == AcknowledgementState.Waiting)
            {
                (row.Name, row.Person, row.Overdue) = (document.Name, reader.Name, row.DueOn < today);
            }
        }

        var still = readers.Select(r => r.Id).ToHashSet();
        foreach (var row in asked.Where(a => a.State == AcknowledgementState.Waiting && a.Number < document.Asking))
        {
            row.State = AcknowledgementState.Replaced;
        }

        foreach (var row in asked.Where(a => a.State == AcknowledgementState.Waiting && !still.Contains(a.PersonId)))
        {
            row.State = AcknowledgementState.Released;
        }
    }
}
