using Microsoft.AspNetCore.Mvc;
using Modular.Host.Records;
using Modular.Sdk;

namespace Modular.Host.Attachments;

/// <summary>The files of a record, and where more are put to it: chosen, taken with the camera, dropped or pasted.</summary>
public sealed class AttachmentList(AttachmentStore store, AttachmentPanel panel, RecordKinds records) : Slice
{
    public const string Judged = "The permission is the record's, judged inside at every access.";

    [HttpGet("/attachments/{kind}/{row:guid}")]
    [OpenTo(Audience.SignedIn, Judged)]
    public async Task<IActionResult> Get(string kind, Guid row, CancellationToken ct) =>
        await store.RecordAsync(kind, row, ct) is { } record ? Page(await panel.LoadAsync(record, ct)) : NotFound();

    [HttpPost("/attachments/{kind}/{row:guid}")]
    [OpenTo(Audience.SignedIn, Judged)]
    public async Task<IActionResult> Post(string kind, Guid row, IReadOnlyList<IFormFile>? files, CancellationToken ct)
    {
        if (await store.RecordAsync(kind, row, ct) is not { } record)
        {
            return NotFound();
        }

        if (!record.MayChange(Actor))
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        // An empty control without script posts a file of no name.
        IFormFile[] sent = [.. (files ?? []).Where(f => f.FileName.Length > 0)];
        try
        {
            await store.AddAsync(record, sent, ct);
        }
        catch (FileRefusedException refused)
        {
            ModelState.Clear();
            Refuse("Files", sent.Length > 1 ? $"{refused.Message} Nothing was attached." : refused.Message);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            // The refused write took the note of the access log along.
            record = await records.OpenAsync(kind, row, AttachmentStore.What(record.Kind), ct) ?? record;
            var again = await panel.LoadAsync(record, ct);
            return Request.WantsFragment() ? Fragment("_Attachments", again) : Page(again);
        }

        var said = sent.Length == 1 ? $"{Path.GetFileName(sent[0].FileName)} is attached." : $"{sent.Length} files are attached.";
        return Request.WantsFragment() ? Done(Fragment("_Attachments", await panel.LoadAsync(record, ct)), said) : Done(record.Row.Link, said);
    }
}
