using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Files;
using Modular.Host.Records;
using Modular.Sdk;

namespace Modular.Host.Attachments;

/// <summary>One file of a record: what it shows, what it is called, what it was before.</summary>
[ShowsFiles]
public sealed class ShowAttachment(AttachmentStore store, IFiles files, IAccessLog log) : Slice
{
    public sealed class Form : IEditForm<Attachment>
    {
        public int Version { get; set; }
        public string? Title { get; set; }
        public IFormFile? File { get; set; }

        public void Show(Attachment attachment) => Title = attachment.Title;

        public void Write(Attachment attachment, Reading read) => attachment.Title = read.Required(nameof(Title), "Name", Title, 120);
    }

    public sealed record Model(Attachment File, SeenRecord Record, Form Form, bool MayChange);

    [HttpGet("/attachments/{id:guid}")]
    [OpenTo(Audience.SignedIn, AttachmentList.Judged)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) =>
        await store.OpenAsync(id, ct) is { } found ? await Row(found).ShowAsync(id, ct) : NotFound();

    [HttpPost("/attachments/{id:guid}")]
    [OpenTo(Audience.SignedIn, AttachmentList.Judged)]
    public async Task<IActionResult> Post(Guid id, Form form, CancellationToken ct)
    {
        if (await store.OpenAsync(id, ct) is not { } found)
        {
            return NotFound();
        }

        return found.Record.MayChange(Actor) && found.File.RemovedAt is null ? await Row(found).SaveAsync(id, form, ct)
            : StatusCode(StatusCodes.Status403Forbidden);
    }

    /// <summary>The content, in the page or in a tab of its own.</summary>
    [HttpGet("/attachments/{id:guid}/open")]
    [OpenTo(Audience.SignedIn, AttachmentList.Judged)]
    public async Task<IActionResult> Open(Guid id, int? number, CancellationToken ct)
    {
        if (await store.OpenAsync(id, ct) is not { } found
            || (number is null ? found.File.Current : found.File.Versions.Find(v => v.Number == number)) is not { } version
            || await files.FindAsync(version.FileId, ct) is not { } stored)
        {
            return NotFound();
        }

        if (found.Record.Row.PatientId is null)
        {
            log.Opened(id, $"file of a {found.Record.Kind.Title}");
        }

        return FileAnswer.Of(Response, stored, await files.OpenAsync(version.FileId, ct));
    }

    private Edit<Attachment, Form> Row((Attachment File, SeenRecord Record) found) => new(this, store.Db)
    {
        What = "file",
        Rows = store.Db.Attachments.Include(a => a.Versions),
        Model = (row, form, _) =>
            Task.FromResult<object>(new Model(row!, found.Record, form, found.Record.MayChange(Actor) && row!.RemovedAt is null)),
        Check = async (row, form, read, ct) =>
        {
            try
            {
                await (form.File is { Length: > 0 } file ? store.ReplaceAsync(row, found.Record, file, ct) : Task.CompletedTask);
            }
            catch (FileRefusedException refused)
            {
                read.Refuse(nameof(Form.File), refused.Message);
            }
        },
        Saved = row => Done(found.Record.Row.Link, $"{row.Title} is saved."),
    };
}
