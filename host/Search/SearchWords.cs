using System.Globalization;
using System.Text;

namespace Modular.Host.Search;

/// <summary>
/// How text becomes words, the same for what is stored and what is asked: lower case, no accents, letters and digits only.
/// Numbers written in groups (617-555-0100, 01/05/1948) are kept whole as well, because people type them either way.
/// </summary>
public static class SearchWords
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

    /// <summary>The words of a question; a number in groups counts as its groups.</summary>
    public static string[] Asked(string text)
    {
        var words = new List<string>();
        Split(text, words);
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

    private static void JoinGroups(string text, List<string> words)
    {
        foreach (var part in text.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            var digits = new string([.. part.Where(char.IsAsciiDigit)]);
            if (digits.Length is > 4 and < 20 && part.All(c => char.IsAsciiDigit(c) || c is '-' or '/' or '.' or '(' or ')' or '+'))
            {
                words.Add(digits);
            }
        }
    }
}
