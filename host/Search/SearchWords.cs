using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Modular.Sdk;

namespace Modular.Host.Search;

/// <summary>
/// How text becomes words, the same for what is stored and what is asked: lower case, no accents, letters and digits only.
/// Numbers written in groups (617-555-0100, 01/05/1948) are kept whole as well, because people type them either way.
/// </summary>
public static partial class SearchWords
{
    private const int MostAsked = 6;

    public static string Of(params ReadOnlySpan<string> texts)
    {
        var words = new List<string>();
        foreach (var text in texts)
        {
            Split(text, words);
            JoinGroups(text, words);
        }

        return string.Join(' ', words.Distinct());
    }

    /// <summary>All that an entry is found by: its words, and each of its codes as one more that nobody can type.</summary>
    public static string Of(SearchEntry entry) =>
        string.Join(' ', [Of([entry.Title, entry.Keywords, .. entry.Codes]), .. entry.Codes.Select(OfCode).OfType<string>().Distinct()]);

    /// <summary>A whole code as the word that is stored of it, so that no birth date or phone number of the same digits is taken for it; null when it has no letters or digits.</summary>
    public static string? OfCode(string code)
    {
        var letters = string.Concat(code.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
        return letters.Length == 0 ? null : $"={letters}";
    }

    /// <summary>
    /// The words of a question. A number in groups is the one word that is stored of it: the groups of a birth date alone begin
    /// tens of thousands of rows.
    /// </summary>
    public static string[] Asked(string text)
    {
        var words = new List<string>();
        foreach (var part in Parts(Phone().Replace(text, match => $" {Digits(match.Value)} ")))
        {
            if (Joined(part) is { } number)
            {
                words.Add(number);
            }
            else
            {
                Split(part, words);
            }
        }

        return [.. words.Distinct().Take(MostAsked)];
    }

    private static void Split(string text, List<string> words)
    {
        var word = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(Plain(c));
            }
            else if (c is not ('\'' or '’') && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && word.Length > 0)
            {
                // O'Brien is one word, and an accent does not end one.
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }
    }

    /// <summary>Letters that no decomposition takes apart.</summary>
    private static string Plain(char c) => char.ToLowerInvariant(c) switch
    {
        'ø' => "o",
        'đ' or 'ð' => "d",
        'ł' => "l",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ı' => "i",
        var lower => lower.ToString(),
    };

    private static void JoinGroups(string text, List<string> words) => words.AddRange(Parts(text).Select(Joined).OfType<string>());

    private static string[] Parts(string text) => text.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A number written in groups as one; a date with slashes, or the beginning of one, with two digits for month and day.</summary>
    private static string? Joined(string part)
    {
        if (SlashDate().Match(part) is { Success: true } date)
        {
            return date.Groups[1].Value.PadLeft(2, '0') + date.Groups[2].Value.PadLeft(2, '0') + date.Groups[3].Value;
        }

        var digits = Digits(part);
        return digits.Length is > 4 and < 20 && part.All(c => char.IsAsciiDigit(c) || c is '-' or '/' or '.' or '(' or ')' or '+') ? digits : null;
    }

    private static string Digits(string text) => new([.. text.Where(char.IsAsciiDigit)]);

    [GeneratedRegex(@"^([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{0,4}))?$")]
    private static partial Regex SlashDate();

    [GeneratedRegex(@"(?<!\w)(?:\([0-9]{3}\)\s?|[0-9]{3}[\s.-])[0-9]{3}[\s.-][0-9]{4}(?!\w)")]
    private static partial Regex Phone();
}
