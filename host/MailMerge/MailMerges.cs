using Modular.Host.Data;
using Modular.Host.Letters;
using Modular.Host.Postgres;
using Modular.Host.Printing;
using Modular.Sdk;

namespace Modular.Host.MailMerge;

/// <summary>Takes in what letters shall be about, as far as whoever asks may see it, and leaves the writing to messages.</summary>
public sealed class MailMerges(
    Work work, LetterBook book, LetterTexts texts, LetterRecords records, IProgress progress, IMessageBus bus, IAccessLog log, Actor actor,
    TimeProvider clock)
    : IMailMerge
{
    /// <summary>What a module is asked for at once.</summary>
    private const int Some = 1_000;

    public async Task<string> BeginAsync(LetterKind kind, IReadOnlyList<Guid> rows, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(rows);
        var letter = book.Find(kind.Id);
        if (letter.Source is null || actor.PersonId is not { } person)
        {
            throw new InvalidOperationException($"Letters of the kind {kind.Id} are written one by one, or nobody asks for them.");
        }

        var name = letter.Kind.Name;
        if (rows.Count is 0 or > IMailMerge.MostLetters)
        {
            throw new MailMergeRefusedException(rows.Count == 0 ? "Choose at least one row to write a letter about."
                : $"At most {IMailMerge.MostLetters:#,##0} letters are written together; these are {rows.Count:#,##0}. Choose fewer.");
        }

        if (!records.May(letter))
        {
            throw new MailMergeRefusedException("Your role may not see what these letters are about.");
        }

        if (PdfFonts.Installed is null)
        {
            throw new MailMergeRefusedException(PdfFonts.Missing);
        }

        if (await texts.FaultAsync(book, letter.Kind, ct) is { } fault)
        {
            throw new MailMergeRefusedException(fault);
        }

        var found = new List<LetterRecord>();
        foreach (var some in rows.Distinct().Chunk(Some))
        {
            found.AddRange(await records.FindAsync(letter, some, ct));
        }

        if (found.Count == 0)
        {
            throw new MailMergeRefusedException(
                "There is no letter to write about these rows: they are gone, have changed, or are not yours to see.");
        }

        var id = Guid.CreateVersion7();
        await using var write = await work.BeginAsync(null, ct);
        log.Listed([.. found.Select(r => r.PatientId).OfType<Guid>().Distinct()], $"{name}, written together");
        var of = await progress.BeginAsync($"{name}: {Said.Many(found.Count, "letter")}", $"/mail-merge/{id}", found.Count, ct);
        await work.Connection.ExecuteAsync(
            "insert into core.mail_merges (id, kind, about, work, started_by, started_at) values ($1, $2, $3, $4, $5, $6)",
            [id, letter.Kind.Id, found.Select(r => r.Id).ToArray(), of, person, clock.GetUtcNow()], ct);
        await bus.SendAsync(new ContinueMailMerge(id), new(Bulk: true));
        await write.CommitAsync(ct);
        return $"/mail-merge/{id}";
    }
}
