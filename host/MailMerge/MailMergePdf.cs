using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Printing;
using Modular.Sdk;

namespace Modular.Host.MailMerge;

/// <summary>All letters of one work as one PDF, each on a page of its own.</summary>
public sealed class MailMergePdf(Work work, IFiles files, PrintedLogo logo)
{
    /// <summary>Letters that are held in memory at once.</summary>
    private const int Some = 500;

    /// <returns>The file, or null with the sentence that says why there is none.</returns>
    public async Task<(Guid? File, string Said)> SaveAsync(MailMergeRow merge, LetterKind kind, CancellationToken ct)
    {
        if (PdfFonts.Installed is not { } fonts)
        {
            return (null, PdfFonts.Missing);
        }

        var print = new PdfStack(fonts, kind.Paper, await logo.FindAsync(ct));
        var refused = new List<(int Number, string Fault)>();
        var parser = new HtmlParser();
        for (var from = 1; from <= merge.About.Length; from += Some)
        {
            foreach (var (number, html) in await LettersAsync(merge.Id, from, ct))
            {
                var letter = parser.ParseDocument(html).Body!;
                if (fonts.Lacks(PdfWords.Seen(letter)) is { Count: > 0 } lacking)
                {
                    refused.Add((number,
                        $"The server’s font cannot set these letters: {string.Join(' ', lacking)}. Print this one by itself from its page."));
                }
                else
                {
                    print.Add(letter);
                }
            }
        }

        await work.Connection.ExecuteAsync("""
            update core.mail_merge_letters l set fault = r.fault from unnest($2::int[], $3::text[]) r (number, fault)
            where l.merge_id = $1 and l.number = r.number
            """, [merge.Id, refused.Select(r => r.Number).ToArray(), refused.Select(r => r.Fault).ToArray()], ct);
        if (print.Count == 0)
        {
            return (null, "No letter could be written. The page of the result says why of each.");
        }

        try
        {
            // The permission keeps it from being opened past its own page, which shows it to whoever had it written.
            using var content = new MemoryStream(print.Save(kind.Name, kind.Languages[0]));
            var file = await files.SaveAsync(content, $"{kind.Id.Split('.')[^1]}s.pdf", new("core.letters.manage", What: kind.Name), ct);
            var left = merge.About.Length - print.Count;
            return (file.Id, $"{Said.Many(print.Count, "letter")} written{(left == 0 ? "" : $", {left:#,##0} not")}");
        }
        catch (FileRefusedException e)
        {
            return (null, e.Message);
        }
    }

    private Task<List<(int Number, string Html)>> LettersAsync(Guid merge, int from, CancellationToken ct) => work.Connection.QueryAsync("""
        select number, html from core.mail_merge_letters where merge_id = $1 and number >= $2 and number < $3 and html is not null order by number
        """, [merge, from, from + Some], r => (r.GetInt32(0), r.GetString(1)), ct);
}
