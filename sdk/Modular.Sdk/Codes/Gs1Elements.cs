using System.Text.RegularExpressions;

namespace Modular.Sdk;

/// <summary>Takes a GS1 code apart into numbers of elements and what stands in each, whatever they mean.</summary>
internal static partial class Gs1Elements
{
    /// <summary>How FNC1 arrives where it ends an element.</summary>
    private const char Separator = '\u001D';

    private const string NoCode = "This is no GS1 code. One begins with the number of an element, such as (01) for the item or (17) for the expiry date.";

    /// <summary>What a scanner may put before it: which kind of symbol it saw, and the FNC1 that opens it.</summary>
    public static string Bare(string? text)
    {
        var bare = (text ?? "").Trim(' ', '\r', '\n', '\t');
        return Symbology().Replace(bare, "").TrimStart(Separator);
    }

    public static IEnumerable<(string Number, string Value)> Of(string text)
    {
        if (text.Length == 0)
        {
            throw new FormatException("Scan the code, or type it as it stands in print: (01)… (17)… (10)….");
        }

        return text[0] == '(' ? InBrackets(text) : InARow(text);
    }

    private static List<(string Number, string Value)> InBrackets(string text)
    {
        var heads = Head().Matches(text);
        if (heads.Count == 0 || heads[0].Index > 0)
        {
            throw new FormatException(NoCode);
        }

        return [.. heads.Select((head, i) =>
        {
            var from = head.Index + head.Length;
            return (head.Groups[1].Value, text[from..(i + 1 < heads.Count ? heads[i + 1].Index : text.Length)].Trim(' ', Separator));
        })];
    }

    private static List<(string Number, string Value)> InARow(string text)
    {
        var found = new List<(string, string)>();
        for (var at = 0; at < text.Length;)
        {
            if (text.Length - at < 2 || !char.IsAsciiDigit(text[at]) || !char.IsAsciiDigit(text[at + 1]))
            {
                throw new FormatException(found.Count == 0 ? NoCode
                    : $"After the element ({found[^1].Item1}) the code goes on with “{Shown(text[at..])}”, which begins no other. Scan it again.");
            }

            var number = text.Substring(at, 2);
            var from = at + 2;
            var end = text.IndexOf(Separator, from) is var next and >= 0 ? next : text.Length;
            // What is short of its length is told by the element, in its own words.
            end = Fixed(number) is { } length ? Math.Min(end, from + length) : end;
            found.Add((number, text[from..end]));
            at = end < text.Length && text[end] == Separator ? end + 1 : end;
        }

        return found;
    }

    private static string Shown(string rest) => rest.Length > 6 ? rest[..6] + "…" : rest;

    /// <summary>Characters after the first two of the number, for all that have a length of their own (GS1 General Specifications, figure 7.8.5-2).</summary>
    private static int? Fixed(string number) => number switch
    {
        "00" => 18,
        "01" or "02" or "03" => 14,
        "04" => 16,
        "20" => 2,
        "31" or "32" or "33" or "34" or "35" or "36" => 8,
        "41" => 14,
        ['1', >= '1' and <= '9'] => 6,
        _ => null,
    };

    /// <summary>The 82 characters of a lot or serial number.</summary>
    public static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || "!\"%&'()*+,-./_:;<=>?".Contains(c, StringComparison.Ordinal);

    [GeneratedRegex(@"^\](?:C1|d2|Q3|e0|J1)")]
    private static partial Regex Symbology();

    [GeneratedRegex(@"\(([0-9]{2,4})\)")]
    private static partial Regex Head();
}
