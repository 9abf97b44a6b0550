using Microsoft.AspNetCore.Mvc;
using Modular.Host.Data;
using Modular.Host.Letters;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.MailMerge;

/// <summary>Letters that one person had written together: how far they are, the PDF, and which could not be written.</summary>
[OpenTo(Audience.SignedIn, "Whoever had the letters written sees them, as long as their role still may; to others there is nothing.")]
public sealed class MailMergePage(Work work, LetterBook book, LetterRecords records, IFiles files, IAccessLog log) : Slice
{
    private const int MostShown = 500;

    public sealed record Missing(int Number, string Label, string Fault);

    /// <param name="Faults">The first letters that are missing.</param>
    public sealed record Model(MailMergeRow Merge, string Name, long Faulty, IReadOnlyList<Missing> Faults);

    [HttpGet("/mail-merge/{id:guid}")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not var (merge, letter))
        {
            return NotFound();
        }

        var faults = await work.Connection.QueryAsync("""
            select number, label, fault, count(*) over () from core.mail_merge_letters where merge_id = $1 and fault is not null
            order by number limit $2
            """, [id, MostShown], r => (Row: new Missing(r.GetInt32(0), r.GetString(1), r.GetString(2)), All: r.GetInt64(3)), ct);
        return Page(new Model(merge, letter.Kind.Name, faults.Count == 0 ? 0 : faults[0].All, [.. faults.Select(f => f.Row)]));
    }

    [HttpGet("/mail-merge/{id:guid}/pdf")]
    public async Task<IActionResult> Pdf(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not ({ FileId: { } file }, var letter))
        {
            return NotFound();
        }

        log.Opened(id, $"{letter.Kind.Name}, written together");
        Response.Headers.ContentDisposition = $"inline; filename=\"{letter.Kind.Id.Split('.')[^1]}s.pdf\"";
        Response.Headers.CacheControl = "private, no-store";
        return File(await files.OpenAsync(file, ct), "application/pdf");
    }

    private async Task<(MailMergeRow Merge, LetterDeclaration Letter)?> FindAsync(Guid id, CancellationToken ct) =>
        await MailMergeRow.FindAsync(await work.OpenAsync(ct), id, forUpdate: false, ct) is { } merge && merge.StartedBy == Actor.PersonId
        && book.Look(merge.Kind) is { } letter && records.May(letter) ? (merge, letter) : null;
}
