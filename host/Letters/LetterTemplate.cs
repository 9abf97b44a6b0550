using System.Globalization;
using Modular.Sdk;
using Scriban;
using Scriban.Parsing;

namespace Modular.Host.Letters;

/// <summary>What is wrong with a text, and where in it.</summary>
public sealed record LetterProblem(int Line, int Column, string Sentence)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Line {Line}, column {Column}: {Sentence}");

    /// <summary>Of a place in the text, counted from its beginning.</summary>
    public static LetterProblem At(string text, int offset, string sentence)
    {
        var before = text.AsSpan(0, Math.Clamp(offset, 0, text.Length));
        return new(before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'), sentence);
    }
}

/// <summary>
/// A text as it was read once, with what is wrong with it. Only a text without problems is ever written, and nothing in it can do
/// more than put declared words in, ask and repeat: whatever else the language knows is refused here, by name or by not being known.
/// </summary>
public sealed class LetterTemplate
{
    /// <summary>In characters; the longest letters of offices are some three pages, less than 10,000.</summary>
    public const int Longest = 50_000;

    // The parser refuses what is nested deeper, so that no text can exhaust the stack, which would end the process.
    private static readonly ParserOptions Depth = new() { ExpressionDepthLimit = 30, ParseFloatAsDecimal = true };
    private static readonly LexerOptions Liquid = new() { Lang = ScriptLang.Liquid };

    private LetterTemplate(Template? parsed, IReadOnlyList<LetterProblem> problems) => (Parsed, Problems) = (parsed, problems);

    public IReadOnlyList<LetterProblem> Problems { get; }

    internal Template? Parsed { get; }

    public static LetterTemplate Read(LetterKind kind, string text)
    {
        if (text.Length > Longest)
        {
            return new(null, [new(1, 1, $"The text has {text.Length:#,##0} characters; a letter has at most {Longest:#,##0}.")]);
        }

        if (text.AsSpan().IndexOfAnyExcept(LetterText.Shown) is >= 0 and var strange)
        {
            return new(null, [LetterProblem.At(text, strange, $"The character U+{(int)text[strange]:X4} cannot be printed.")]);
        }

        var parsed = Parse(text);
        if (parsed.HasErrors)
        {
            return new(null, [.. parsed.Messages.Take(10).Select(m => Unread(text, m))]);
        }

        var words = new LetterWords(kind, text);
        words.Visit(parsed.Page);
        return new(words.Problems.Count == 0 ? parsed : null, words.Problems);
    }

    internal static Template Parse(string text) => Template.Parse(text, null, Depth, Liquid);

    private static LetterProblem Unread(string text, LogMessage message)
    {
        var at = message.Span.Start;
        var plain = message.Message.ReplaceLineEndings(" ").TrimEnd('.');
        // What is not closed before the end of the text is told without a place.
        if (plain.Contains("<eof>", StringComparison.Ordinal))
        {
            return LetterProblem.At(text, text.Length, "A {{ or {% is not closed before the end of the text.");
        }

        return new(at.Line + 1, at.Column + 1, plain.Contains("statement` was not found", StringComparison.Ordinal)
            ? "What begins here with {% is not ended: {% if %} needs {% endif %}, {% for %} needs {% endfor %}."
            : $"This cannot be read: {plain}.");
    }
}
