using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Attachments;

/// <summary>Takes a file from a record, and puts it back.</summary>
public sealed class RemoveAttachment(AttachmentStore store) : Slice
{
    [HttpPost("/attachments/{id:guid}/remove")]
    [OpenTo(Audience.SignedIn, AttachmentList.Judged)]
    public Task<IActionResult> Remove(Guid id, CancellationToken ct) => ChangeAsync(id, a => a.Remove(Clock.GetUtcNow(), Actor.Name), (title, keep) =>
        $"{title} is removed. It can be put back for {Said.Many(keep, "day")}.", $"/attachments/{id}/put-back", ct);

    [HttpPost("/attachments/{id:guid}/put-back")]
    [OpenTo(Audience.SignedIn, AttachmentList.Judged)]
    public Task<IActionResult> PutBack(Guid id, CancellationToken ct) =>
        ChangeAsync(id, a => a.PutBack(), (title, _) => $"{title} is back.", null, ct);

    private async Task<IActionResult> ChangeAsync(
        Guid id, Action<Attachment> change, Func<string, int, string> said, string? undo, CancellationToken ct)
    {
        if (await store.OpenAsync(id, ct) is not { } found)
        {
            return NotFound();
        }

        if (!found.Record.MayChange(Actor))
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        var link = found.Record.Row.Link;
        if ((found.File.RemovedAt is null) == (undo is null))
        {
            return Done(link, $"{found.File.Title} is {(undo is null ? "there" : "removed")} already.");
        }

        change(found.File);
        return await TrySaveAsync(store.Db, ct) ? Done(link, said(found.File.Title, found.Record.Kind.Attachments!.KeepRemovedDays), undo)
            : Done(link, $"Somebody else changed {found.File.Title} at the same moment. Look at it again.");
    }
}
