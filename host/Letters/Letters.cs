using System.Net;
using Microsoft.AspNetCore.Html;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Letters;

/// <summary>
/// Writes a letter in the practice's own words or in the standard ones. What cannot be written whole is not written: a sentence says why.
/// </summary>
public sealed class Letters(
    LetterBook book, LetterTexts texts, LetterLimits limits, Work work, IPractice practice, TimeProvider clock, ILogger<Letters> log) : ILetters
{
    /// <summary>On the element that says why there is no letter.</summary>
    public const string FaultClass = "letter-fault";

    // Many letters of one request or step are in few languages and of few places.
    private readonly Dictionary<(string Kind, string Language), string?> own = [];
    private readonly Dictionary<(string Kind, string Language, Guid? Location), Piece> around = [];
    private string? logo;

    public Task<WrittenLetter> WriteAsync(LetterKind kind, LetterRecord record, CancellationToken ct = default) => WriteAsync(kind, record, null, ct);

    /// <param name="draft">A text that is not kept yet, in the place of the one that is.</param>
    internal async Task<WrittenLetter> WriteAsync(LetterKind kind, LetterRecord record, string? draft, CancellationToken ct)
    {
        kind = book.Find(kind.Id).Kind;
        var language = kind.Languages.FirstOrDefault(l => l == record.Language) ?? kind.Languages[0];
        var letter = await PieceAsync(kind, language, record, draft, ct);
        if (letter.Fault is null && Letterhead.IsAround(kind))
        {
            var (head, foot) = (await AroundAsync(Letterhead.Head, language, record, ct), await AroundAsync(Letterhead.Foot, language, record, ct));
            letter = new($"<header>{await LogoAsync(ct)}{head.Html}</header>{letter.Html}<footer>{foot.Html}</footer>", head.Fault ?? foot.Fault);
        }

        return letter.Fault is null ? new(language, new HtmlString(letter.Html), null) : Fault(language, letter.Fault);
    }

    /// <summary>As every page shows it; print puts it on paper.</summary>
    private async Task<string> LogoAsync(CancellationToken ct)
    {
        var connection = await work.OpenAsync(ct);
        return logo ??= (await connection.QueryAsync("select logo_id is not null from core.profile", [], r => r.GetBoolean(0), ct)).FirstOrDefault()
            ? """<img class="logo" src="/logo" alt="">""" : "";
    }

    private async Task<Piece> AroundAsync(LetterKind kind, string language, LetterRecord record, CancellationToken ct)
    {
        var key = (kind.Id, language, record.LocationId);
        return around.TryGetValue(key, out var piece) ? piece
            : around[key] = await PieceAsync(kind, language, Letterhead.Of(practice, record.LocationId, language), null, ct);
    }

    private async Task<Piece> PieceAsync(LetterKind kind, string language, LetterRecord record, string? draft, CancellationToken ct)
    {
        var plain = LetterValues.Of(kind, record.Values, out var empty);
        if (empty is not null)
        {
            return new("", $"The {kind.Name.ToLowerInvariant()} cannot be written. {empty}");
        }

        if (draft is null && !own.TryGetValue((kind.Id, language), out draft))
        {
            own[(kind.Id, language)] = draft = (await texts.FindAsync(kind.Id, language, ct)).Text;
        }

        var (html, problem) = LetterWriter.Write(book.Read(kind, draft ?? book.Standard(kind, language)), plain, language, limits, clock, ct);
        if (html is not null)
        {
            return new(html, null);
        }

        // Why stands on the page alone: it may quote what was to be put in, and no log tells of patients.
        log.LogWarning("The letter {Letter} ({Language}) cannot be written from {Source}",
            kind.Id, language, draft is null ? "its standard text" : "the practice's own text");
        // The standard text does not step in: the practice changed its words for a reason, and would not notice that others went out.
        return new("", draft is null
            ? $"The {kind.Name.ToLowerInvariant()} cannot be written: its standard text is wrong. {problem}"
            : $"The {kind.Name.ToLowerInvariant()} cannot be written: your practice's own text is wrong. {problem} "
                + "Ask whoever looks after the texts to mend it or to take it away; then the standard text is used again.");
    }

    /// <param name="Html">Empty when there is a fault.</param>
    private sealed record Piece(string Html, string? Fault);

    private static WrittenLetter Fault(string language, string sentence) =>
        new(language, new HtmlString($"""<p class="note bad {FaultClass}" role="alert" lang="en">{WebUtility.HtmlEncode(sentence)}</p>"""), sentence);
}
