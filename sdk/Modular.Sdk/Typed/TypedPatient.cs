using System.Globalization;
using System.Text;

namespace Modular.Sdk;

/// <summary>
/// A patient as typed into a form's picker: names in any order, a birth date in any usual form, a phone or record number. For a module
/// that looks in its own copy of the patients, where each word of <c>find</c> follows a blank, in lower case and without accents.
/// </summary>
/// <param name="Words">Each begins a word of the patient; never holds a character that LIKE reads as a pattern.</param>
/// <param name="BirthDate">Narrows the words; null when none of them reads as a date.</param>
/// <example><code>
/// var typed = TypedPatient.Read("Gar 010548", today);   // Words: "gar", BirthDate: January 5, 1948
/// </code></example>
public sealed record TypedPatient(IReadOnlyList<string> Words, DateOnly? BirthDate)
{
    private const int FewestLetters = 2, ShortestDate = 6;

    /// <summary>Enough to look by: a birth date, or two letters.</summary>
    public bool IsEnough => BirthDate is not null || Words.Sum(w => w.Length) >= FewestLetters;

    /// <summary>The words for LIKE.</summary>
    public string[] Patterns => [.. Words.Select(w => $"% {w}%")];

    public static TypedPatient Read(string? typed, DateOnly today)
    {
        var words = new List<string>();
        DateOnly? birth = null;
        foreach (var word in (typed ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (word.Length >= ShortestDate && char.IsAsciiDigit(word[0]) && TypedDate.Read(word, today, birth: true).Date is { } date)
            {
                birth = date;
            }
            else
            {
                words.Add(Plain(word));
            }
        }

        return new(words, birth);
    }

    private static string Plain(string word)
    {
        var letters = word.ToLowerInvariant().Normalize(NormalizationForm.FormD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c is not ('%' or '_' or '\\' or '(' or ')'));
        var plain = string.Concat(letters);
        // A phone number is stored as its digits.
        return plain.Length > 3 && plain.All(c => char.IsAsciiDigit(c) || c is '-' or '.') ? string.Concat(plain.Where(char.IsAsciiDigit)) : plain;
    }
}
