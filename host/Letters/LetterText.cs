using System.Buffers;
using System.Text;

namespace Modular.Host.Letters;

/// <summary>Which characters a letter may have: what prints, with every script and accent, and line breaks.</summary>
public static class LetterText
{
    /// <summary>
    /// All but control characters, and marks that turn the order of what follows around: a name must not rewrite the line it stands in.
    /// </summary>
    public static readonly SearchValues<char> Shown = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => c is '\n' or '\r' or '\t' || !(char.IsControl(c) || Turns(c)))]);

    /// <summary>A value as it may stand in a letter; null when nothing is left of it.</summary>
    public static string? Clean(string text)
    {
        text = text.ReplaceLineEndings("\n");
        if (text.AsSpan().IndexOfAnyExcept(Shown) >= 0)
        {
            var kept = new StringBuilder(text.Length);
            foreach (var c in text)
            {
                kept.Append(Shown.Contains(c) ? c.ToString() : "");
            }

            text = kept.ToString();
        }

        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    // Embeddings, overrides and isolates. The plain marks U+200E and U+200F are how Hebrew and Arabic names are written beside numbers.
    private static bool Turns(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';
}
