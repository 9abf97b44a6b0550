using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>One document that this person reads and signs.</summary>
[OpenTo(Audience.SignedIn, "Opens to the one person who is asked, checked inside.")]
public sealed class MyReadingDocument(AcknowledgementsDb db, ISignatures signatures, IFiles files, IPractice practice, IAccessLog log) : Slice
{
    private static readonly Dictionary<string, string> Signers = new() { ["staff"] = "Member of the staff" };

    public sealed record Model(Acknowledgement Asked, ReadingVersion Text, SignaturePad Pad, DateOnly Today);

    [HttpGet("/my-reading/{id:guid}")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) => await FindAsync(id, ct) is { } found
        ? Page(ModelOf(found.Asked, found.Text, new() { Name = Actor.Name, Relationship = Signers.Keys.First() })) : NotFound();

    [HttpGet("/my-reading/{id:guid}/file")]
    public async Task<IActionResult> Open(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { Text.FileId: { } file })
        {
            return NotFound();
        }

        log.Opened(id, "document to read");
        return await ReadingFile.AnswerAsync(this, files, file, ct);
    }

    /// <param name="number">The version that was on the screen: nobody signs for another one.</param>
    [HttpPost("/my-reading/{id:guid}")]
    [StepUp]
    public async Task<IActionResult> Post(Guid id, int number, [Bind(Prefix = "Signature")] SignatureForm signature, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync("required readers", ct);
        if (await FindAsync(id, ct) is not var (asked, text))
        {
            return NotFound();
        }

        var model = ModelOf(asked, text, signature);
        if (asked.State != AcknowledgementState.Waiting)
        {
            return Done("/my-reading?show=all", asked.State == AcknowledgementState.Signed ? "You signed this already."
                : "You need not sign this any more.");
        }

        if (number != text.Number)
        {
            Refuse("", $"Version {text.Number} was published after you opened this page. It is below: read it, then sign.");
        }

        if (!Accept(signatures.Faults(model.Pad)) || !ModelState.IsValid)
        {
            ModelState.Remove(nameof(number));
            return Invalid(model);
        }

        var certificate = await signatures.SignAsync(
            new(DocumentKinds.Manage, asked.Id, new($"{asked.Name}, version {text.Number}", await SignedAsync(text, ct), "en"), model.Pad)
            {
                SignerId = Actor.PersonId,
            }, ct);
        asked.Sign(certificate, text.Number, Clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return Done("/my-reading", $"{asked.Name} is signed.");
    }

    /// <summary>A file is named by its digest, which is what was signed.</summary>
    private async Task<string> SignedAsync(ReadingVersion text, CancellationToken ct) => text.Body
        ?? $"The file {text.FileName}, {Said.Count((await files.FindAsync(text.FileId!.Value, ct))!.Length)} bytes, SHA-256 {text.Sha256}.";

    private async Task<(Acknowledgement Asked, ReadingVersion Text)?> FindAsync(Guid id, CancellationToken ct)
    {
        var me = Actor.PersonId;
        if (await db.Acknowledgements.FirstOrDefaultAsync(a => a.Id == id && a.PersonId == me, ct) is not { } asked)
        {
            return null;
        }

        // Small corrections come after the version that asks; of a newer one that asks, another row tells.
        var newest = asked.State == AcknowledgementState.Waiting ? int.MaxValue : asked.SignedNumber ?? asked.Number;
        return (asked, await db.Versions.AsNoTracking().Where(v => v.DocumentId == asked.DocumentId && v.Number <= newest)
            .OrderByDescending(v => v.Number).FirstAsync(ct));
    }

    private Model ModelOf(Acknowledgement asked, ReadingVersion text, SignatureForm signature) =>
        new(asked, text, new(signature, Signers, "en"), WallTime.Today(Clock, practice.Zone));
}

/// <summary>A PDF to read, shown and not kept by the browser.</summary>
internal static class ReadingFile
{
    public static async Task<IActionResult> AnswerAsync(Slice slice, IFiles files, Guid id, CancellationToken ct)
    {
        slice.Response.Headers.ContentDisposition = "inline; filename=\"document.pdf\"";
        slice.Response.Headers.CacheControl = "private, no-store";
        return slice.File(await files.OpenAsync(id, ct), "application/pdf");
    }
}
