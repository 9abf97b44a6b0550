using System.Net;
using Microsoft.AspNetCore.Html;
using Modular.Sdk;

namespace Modular.Host.Letters;

/// <summary>
/// Writes a letter in the practice's own words or in the standard ones. What cannot be written whole is not written: a sentence says why.
/// </summary>
public sealed class Letters(LetterBook book, LetterTexts texts, LetterLimits limits, TimeProvider clock, ILogger<Letters> log) : ILetters
{
    /// <summary>On the element that says why there is no letter.</summary>
    public const string FaultClass = "letter-fault";

    public async Task<WrittenLetter> WriteAsync(
        LetterKind kind, string? language, IReadOnlyDictionary<string, object?> values, CancellationToken ct = default)
    {
        kind = book.Find(kind.Id);
        var written = kind.Languages.FirstOrDefault(l => l == language) ?? kind.Languages[0];
        var plain = LetterValues.Of(kind, values, out var empty);
        if (empty is not null)
        {
            return Fault(written, $"The {kind.Name.ToLowerInvariant()} cannot be written. {empty}");
        }

        var own = (await texts.FindAsync(kind.Id, written, ct)).Text;
        var (html, problem) = LetterWriter.Write(book.Read(kind, own ?? book.Standard(kind, written)), plain, written, limits, clock, ct);
        if (html is not null)
        {
            return new(written, new HtmlString(html), null);
        }

        // Why stands on the page alone: it may quote what was to be put in, and no log tells of patients.
        log.LogWarning("The letter {Letter} ({Language}) cannot be written from {Source}",
            kind.Id, written, own is null ? "its standard text" : "the practice's own text");
        // The standard text does not step in: the practice changed its words for a reason, and would not notice that others went out.
        return Fault(written, own is null
            ? $"The {kind.Name.ToLowerInvariant()} cannot be written: its standard text is wrong. {problem}"
            : $"The {kind.Name.ToLowerInvariant()} cannot be written: your practice's own text is wrong. {problem} "
                + "Ask whoever looks after the texts to mend it or to take it away; then the standard text is used again.");
    }

    private static WrittenLetter Fault(string language, string sentence) =>
        new(language, new HtmlString($"""<p class="note bad {FaultClass}" role="alert" lang="en">{WebUtility.HtmlEncode(sentence)}</p>"""), sentence);
}
