using System.Text.Encodings.Web;
using Modular.Host.Data;
using Modular.Host.Letters;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.MailMerge;

/// <summary>Write the next letters, or, when all are written, set them as one PDF. Sent again until there is nothing to do.</summary>
[Message("core.continue-mail-merge.v1")]
public sealed record ContinueMailMerge(Guid Id);

/// <summary>A step commits with the place it came to, so that a stop repeats nothing and loses nothing.</summary>
public sealed class ContinueMailMergeHandler(
    Work work, ScopeContext scope, LetterBook book, LetterRecords records, ILetters letters, IProgress progress, MailMergePdf pdf,
    IMessageBus bus, TimeProvider clock)
{
    private const int Step = 250;
    private const int MostTold = 1_000;

    public async Task<OutgoingMessage?> HandleAsync(ContinueMailMerge message, CancellationToken ct)
    {
        await using var write = await work.BeginAsync(null, ct);
        if (await MailMergeRow.FindAsync(work.Connection, message.Id, forUpdate: true, ct) is not { EndedAt: null } merge)
        {
            return null;
        }

        var letter = book.Look(merge.Kind);
        var on = letter?.Source is not null && scope.Practice.IsOn(merge.Kind.Split('.')[0]);
        var more = on && merge.Written < merge.About.Length;
        if (!on || await progress.IsCanceledAsync(merge.Work, ct))
        {
            var said = on ? "Stopped. No letter was kept." : "The module that writes these letters was turned off.";
            await EndAsync(merge, null, said, failed: !on, ct);
        }
        else if (more)
        {
            await WriteAsync(merge, letter!, ct);
        }
        else
        {
            var (file, result) = await pdf.SaveAsync(merge, letter!.Kind, ct);
            await EndAsync(merge, file, result, failed: file is null, ct);
            await TellAsync(merge, file is not null, ct);
        }

        await write.CommitAsync(ct);
        return more ? new(message, new(Bulk: true)) : null;
    }

    private async Task WriteAsync(MailMergeRow merge, LetterDeclaration letter, CancellationToken ct)
    {
        Guid[] ids = [.. merge.About.Skip(merge.Written).Take(Step)];
        var found = (await records.FindAsync(letter, ids, ct)).ToDictionary(r => r.Id);
        var (label, language, html, fault) = (new string[ids.Length], new string[ids.Length], new string?[ids.Length], new string?[ids.Length]);
        for (var i = 0; i < ids.Length; i++)
        {
            (label[i], language[i]) = (letter.Kind.Name, letter.Kind.Languages[0]);
            if (found.GetValueOrDefault(ids[i]) is not { } record)
            {
                fault[i] = "It changed while the letters were written: there is nothing to write about it any more.";
                continue;
            }

            var written = await letters.WriteAsync(letter.Kind, record, ct);
            (label[i], language[i], fault[i]) = (record.Label ?? label[i], written.Language, written.Fault);
            html[i] = written.Fault is null ? Html(written) : null;
        }

        await work.Connection.ExecuteAsync("""
            insert into core.mail_merge_letters (merge_id, number, label, language, html, fault)
                select $1, $2 + row_number() over (), l.* from unnest($3::text[], $4::text[], $5::text[], $6::text[]) l
            """, [merge.Id, merge.Written, label, language, html, fault], ct);
        var done = merge.Written + ids.Length;
        await work.Connection.ExecuteAsync("update core.mail_merges set written = $2 where id = $1", [merge.Id, done], ct);
        // Written is half of the way, the other half is setting the pages.
        await progress.ReportAsync(merge.Work, done / 2, ct);
    }

    /// <summary>Each letter that can be printed, to the module whose rows they are about.</summary>
    private async Task TellAsync(MailMergeRow merge, bool printed, CancellationToken ct)
    {
        var numbers = !printed ? [] : await work.Connection.QueryAsync(
            "select number from core.mail_merge_letters where merge_id = $1 and fault is null order by number", [merge.Id], r => r.GetInt32(0), ct);
        var by = numbers.Count == 0 ? [] : await work.Connection.QueryAsync(
            "select name from core.people where id = $1", [merge.StartedBy], r => r.GetString(0), ct);
        foreach (var some in numbers.Chunk(MostTold))
        {
            await bus.PublishAsync(new LettersWritten(merge.Id, merge.Kind, by is [var name] ? name : "Somebody", clock.GetUtcNow(),
                [.. some.Select(n => merge.About[n - 1])]), new(Key: $"{merge.Id}", Bulk: true));
        }
    }

    private async Task EndAsync(MailMergeRow merge, Guid? file, string said, bool failed, CancellationToken ct)
    {
        await work.Connection.ExecuteAsync("update core.mail_merge_letters set html = null where merge_id = $1 and html is not null", [merge.Id], ct);
        await work.Connection.ExecuteAsync("update core.mail_merges set ended_at = $2, file_id = $3 where id = $1",
            [merge.Id, clock.GetUtcNow(), Sql.Uuid(file)], ct);
        if (file is not null)
        {
            await progress.ReportAsync(merge.Work, merge.About.Length, ct);
        }

        await progress.EndAsync(merge.Work, said, failed, ct);
    }

    private static string Html(WrittenLetter letter)
    {
        using var html = new StringWriter();
        letter.Html.WriteTo(html, HtmlEncoder.Default);
        return html.ToString();
    }
}
