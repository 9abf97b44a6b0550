using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.ContactLog;

/// <summary>One note: what was said, about which records, and what is to be done next.</summary>
public sealed class ShowNote(ContactBook book, IPractice practice) : Slice
{
    public sealed record Model(ContactNote Note, NoteForm Form, IReadOnlyDictionary<string, string> Links);

    [HttpGet("/contact-log/{id:guid}")]
    [Needs(ContactLogPermissions.Read)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) => await book.OpenAsync(id, ct) switch
    {
        null => NotFound(),
        { Link: { } own } => LocalRedirect(own),
        _ => await Row.ShowAsync(id, ct),
    };

    [HttpPost("/contact-log/{id:guid}")]
    [Needs(ContactLogPermissions.Write)]
    public async Task<IActionResult> Post(Guid id, NoteForm form, CancellationToken ct) => await book.OpenAsync(id, ct) switch
    {
        null => NotFound(),
        { Link: { } own } => Done(own, Elsewhere),
        _ => await Row.SaveAsync(id, form, ct),
    };

    [HttpPost("/contact-log/{id:guid}/done")]
    [Needs(ContactLogPermissions.Write)]
    public Task<IActionResult> Finish(Guid id, CancellationToken ct) => ChangeAsync(
        id, n => n.IsOpen, n => n.Finish(Clock.GetUtcNow(), Actor.Name), "Done.", $"/contact-log/{id}/reopen", ct);

    [HttpPost("/contact-log/{id:guid}/reopen")]
    [Needs(ContactLogPermissions.Write)]
    public Task<IActionResult> Reopen(Guid id, CancellationToken ct) =>
        ChangeAsync(id, n => n.DoneAt is not null, n => n.Reopen(), "It is to be done again.", null, ct);

    [HttpPost("/contact-log/{id:guid}/take")]
    [Needs(ContactLogPermissions.Write)]
    public Task<IActionResult> Take(Guid id, CancellationToken ct) =>
        ChangeAsync(id, n => n.IsOpen && n.OwnerId != Actor.PersonId, n => n.Give(Actor.PersonId, Actor.Name), "You follow it up now.", null, ct);

    private const string Elsewhere = "This is changed on its own page.";

    private async Task<IActionResult> ChangeAsync(
        Guid id, Func<ContactNote, bool> may, Action<ContactNote> change, string said, string? undo, CancellationToken ct)
    {
        if (await book.OpenAsync(id, ct) is not { } note)
        {
            return NotFound();
        }

        if (note.Source is not null || !may(note))
        {
            return Done(note.Link ?? "/contact-log", note.Source is not null ? Elsewhere : "Somebody was quicker: look at the note again.");
        }

        change(note);
        return await TrySaveAsync(book.Db, ct) ? Done("/contact-log", said, undo)
            : Done("/contact-log", "Somebody else changed it at the same moment. Look at it again.");
    }

    private Edit<ContactNote, NoteForm> Row => new(this, book.Db)
    {
        What = "note",
        Rows = book.Seen,
        AlsoShow = (note, form, _) =>
        {
            form.ShowDay(note, practice.Zone);
            return Task.CompletedTask;
        },
        Model = async (note, form, ct) => new Model(note!, form,
            (await book.RecordsAsync(note!.Subjects.Select(s => $"{s.Kind}:{s.RowId}"), ct))
                .ToDictionary(r => $"{r.Kind.Id}:{r.Row.Id}", r => r.Row.Link)),
        Check = (note, form, read, _) =>
        {
            form.WriteDay(note, read, practice.Zone, Clock.GetUtcNow());
            if (note.NextOn is not null && note.OwnerId is null)
            {
                note.Give(Actor.PersonId, Actor.Name);
            }

            return Task.CompletedTask;
        },
        Saved = _ => Done("/contact-log", "The note is saved."),
    };
}
