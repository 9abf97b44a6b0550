using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Letters;

/// <summary>Every letter that a module of this practice writes, with whose words it uses in each language.</summary>
public sealed class LetterList(LetterBook book, LetterTexts texts, IPractice practice) : Slice
{
    /// <param name="Own">Null while the standard text is used.</param>
    /// <param name="Fault">Why letters of this text cannot be written; null when they can.</param>
    public sealed record Row(LetterKind Kind, string Module, string Language, LetterVersion? Own, string? Fault)
    {
        public string Href => $"/admin/letters/edit/{Kind.Id}/{Language}";
    }

    internal static readonly ListDefinition<Row> List = new("core.letters", "Letters")
    {
        Columns =
        [
            new("letter", "Letter", r => r.Kind.Name) { Main = true, Href = r => r.Href },
            new("language", "Language", r => EditLetter.Languages[r.Language]),
            new("module", "Written by", r => r.Module),
            new("words", "Words", r => r.Own is null ? "Standard text" : "The practice’s own")
            {
                Marks = r => r.Fault is null ? [] : [new("Cannot be written", "bad", "alert")],
            },
            new("changed", "Changed", r => r.Own is { } own ? $"{own.SavedBy}, version {own.Number}" : ""),
        ],
    };

    [HttpGet("/admin/letters")]
    [Needs("core.letters.manage")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var kept = (await texts.LatestAsync(ct)).Where(v => v.Text is not null).ToDictionary(v => (v.Kind, v.Language));
        var rows =
            from declared in book.All
            where practice.IsOn(declared.Module.Id)
            let kind = declared.Letter.Kind
            from language in kind.Languages
            let own = kept.GetValueOrDefault((kind.Id, language))
            let fault = own is null ? null : book.Read(kind, own.Text!).Problems.Select(p => p.ToString()).FirstOrDefault()
            select new Row(kind, declared.Module.Manifest.Name, language, own, fault);
        return await ListAsync(List, rows.ToList().AsQueryable(), query, ct);
    }
}
