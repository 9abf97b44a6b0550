using Microsoft.AspNetCore.Mvc;
using Modular.Host.Records;
using Modular.Sdk;

namespace Modular.Host.ContactLog;

/// <summary>Notes a call or letter about one record or many, right after it; a call that follows another takes over what is known.</summary>
public sealed class WriteNote(ContactBook book, IPractice practice) : Slice
{
    /// <param name="About">The records, each with whether it is meant.</param>
    /// <param name="After">The note that this one follows up.</param>
    public sealed record Model(NoteForm Form, IReadOnlyList<SeenRecord> About, Guid? After)
    {
        public static string Name(SeenRecord record) => $"{record.Kind.Id}:{record.Row.Id}";

        public string Back => About is [var one] ? one.Row.Link : "/contact-log";
    }

    [HttpGet("/contact-log/write")]
    [Needs(ContactLogPermissions.Write)]
    public async Task<IActionResult> Get(string? kind, Guid? row, Guid? after, CancellationToken ct)
    {
        if (after is { } before)
        {
            return await book.OpenAsync(before, ct) is { } note
                ? Page(new Model(NoteForm.After(note),
                    await book.RecordsAsync(note.Subjects.Select(s => $"{s.Kind}:{s.RowId}"), ct), before)) : NotFound();
        }

        return await book.RecordsAsync([$"{kind}:{row}"], ct) is { Count: 1 } about ? Page(new Model(new(), about, null)) : NotFound();
    }

    /// <summary>From a list, with the rows chosen there: the form, nothing is kept yet.</summary>
    [HttpPost("/contact-log/write/{kind}")]
    [Needs(ContactLogPermissions.Write)]
    public async Task<IActionResult> Many(string kind, Guid[] id, CancellationToken ct) =>
        await book.RecordsAsync(id.Select(row => $"{kind}:{row}"), ct) is { Count: > 0 } about ? Page(new Model(new(), about, null)) : NotFound();

    [HttpPost("/contact-log/write")]
    [Needs(ContactLogPermissions.Write)]
    public async Task<IActionResult> Post(NoteForm form, string[] about, Guid? after, CancellationToken ct)
    {
        var records = await book.RecordsAsync(about, ct);
        var note = new ContactNote { By = Actor.Name, ById = Actor.PersonId };
        var read = NewReading();
        form.Write(note, read);
        form.WriteDay(note, read, practice.Zone, Clock.GetUtcNow());
        if (records.Count is 0 or > ContactBook.MostSubjects)
        {
            read.Refuse("", records.Count == 0 ? "Choose at least one record that this was about."
                : $"A note is about {ContactBook.MostSubjects} records at most.");
        }

        if (!Accept(read.Errors))
        {
            return Invalid(new Model(form, records, after));
        }

        if (note.NextOn is not null)
        {
            note.Give(Actor.PersonId, Actor.Name);
        }

        var followed = after is { } before ? await book.OpenAsync(before, ct) : null;
        if (followed is { IsOpen: true, Source: null })
        {
            followed.Finish(Clock.GetUtcNow(), Actor.Name);
        }

        note.Subjects.AddRange(records.Select(r => ContactBook.Subject(note.Id, r)));
        book.Db.Add(note);
        var back = new Model(form, records, after).Back;
        return await TrySaveAsync(book.Db, ct) ? Done(back, records.Count == 1 ? "Noted." : $"Noted on {records.Count} records.")
            : Invalid(new Model(form, records, after));
    }
}
