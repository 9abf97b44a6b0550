using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>One document: its newest text, its versions, how many signed, and its end.</summary>
[Needs(DocumentKinds.Manage)]
public sealed class ShowReadingDocument(
    AcknowledgementsDb db, DocumentKinds kinds, RequiredReaders readers, IFiles files, IAccessLog log, IPractice practice) : Slice
{
    internal static readonly IReadOnlyList<HistoryField> History =
    [
        new("name", "Name"), new("everybody", "Everybody"), new("days", "Days"), new("current", "Newest version"),
        new("withdrawn_why", "Withdrawn because"),
    ];

    public sealed record Model(
        ReadingDocument Document, string Kind, IReadOnlyList<ReadingVersion> Versions, int Signed, int Waiting, int Overdue, string Zone,
            DateTimeOffset Now)
    {
        public string? Why { get; init; }
    }

    [HttpGet("/acknowledgements/show/{id:guid}")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) => await FindAsync(id, ct) is { } document
        ? Page(await ModelAsync(document, ct)) : NotFound();

    [HttpGet("/acknowledgements/show/{id:guid}/file/{number:int}")]
    public async Task<IActionResult> Open(Guid id, int number, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is null
            || await db.Versions.Where(v => v.DocumentId == id && v.Number == number).Select(v => v.FileId).FirstOrDefaultAsync(ct) is not { } file)
        {
            return NotFound();
        }

        log.Opened(id, "document to read");
        return await ReadingFile.AnswerAsync(this, files, file, ct);
    }

    /// <summary>Nobody is asked any more; what was signed stays.</summary>
    [HttpPost("/acknowledgements/show/{id:guid}/withdraw")]
    public async Task<IActionResult> Withdraw(Guid id, string? why, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"withdraw {id}", ct);
        if (await FindAsync(id, ct) is not { } document)
        {
            return NotFound();
        }

        if (document.WithdrawnAt is not null)
        {
            return Done($"/acknowledgements/show/{id}", $"{document.WithdrawnBy} withdrew it already.");
        }

        if (Reading.Clean(why) is not { Length: >= 3 and <= 300 } reason)
        {
            Refuse(nameof(Model.Why), "Say why it is withdrawn, in 3 to 300 letters.");
            return Invalid(await ModelAsync(document, ct) with { Why = why });
        }

        (document.WithdrawnAt, document.WithdrawnBy, document.WithdrawnWhy) = (Clock.GetUtcNow(), Actor.Name, reason);
        await db.SaveChangesAsync(ct);
        await readers.AskAsync(id, ct);
        await write.CommitAsync(ct);
        return Done($"/acknowledgements/show/{id}", $"{document.Name} is withdrawn. Nobody has to sign it any more.");
    }

    private Task<ReadingDocument?> FindAsync(Guid id, CancellationToken ct)
    {
        string[] of = [.. kinds.Managed.Keys];
        return db.Documents.FirstOrDefaultAsync(d => d.Id == id && of.Contains(d.Kind), ct);
    }

    private async Task<Model> ModelAsync(ReadingDocument document, CancellationToken ct)
    {
        var states = await db.Acknowledgements.Where(a => a.DocumentId == document.Id && a.Number == document.Asking)
            .Select(a => new { a.State, a.Overdue }).ToListAsync(ct);
        return new(document, kinds.Managed[document.Kind],
            await db.Versions.AsNoTracking().Where(v => v.DocumentId == document.Id).OrderByDescending(v => v.Number).ToListAsync(ct),
            states.Count(s => s.State == AcknowledgementState.Signed), states.Count(s => s.State == AcknowledgementState.Waiting),
            states.Count(s => s.State == AcknowledgementState.Waiting && s.Overdue), practice.Zone, Clock.GetUtcNow());
    }
}
