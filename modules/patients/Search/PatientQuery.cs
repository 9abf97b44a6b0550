using System.Globalization;
using System.Text.RegularExpressions;
using Modular.Sdk;

namespace Modular.Patients.Search;

/// <summary>
/// What somebody typed to find a patient, taken apart: words of a name in any order, a birth date, numbers.
/// "gar 010548", "maria garcia lopez", "(555) 012-3456", "N-1001", "1/5/1948".
/// </summary>
public sealed partial class PatientQuery
{
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>Every one must be the birth date; two of them find nobody.</summary>
    public IReadOnlyList<DateOnly> BirthDates { get; private init; } = [];

    public IReadOnlyList<NumberTyped> Numbers { get; private init; } = [];

    public bool IsEmpty => Words.Count + BirthDates.Count + Numbers.Count == 0;

    public static PatientQuery Parse(string? text, DateOnly today)
    {
        var rest = text ?? "";
        var dates = new List<DateOnly>();
        rest = DateInText().Replace(rest, match =>
        {
            if (Date(match.Value, today) is not { } date)
            {
                return match.Value;
            }

            dates.Add(date);
            return " ";
        });
        // A phone is one number however it is broken up.
        rest = PhoneInText().Replace(rest, match => $" {Digits(match.Value)} ");
        var words = new List<string>();
        var numbers = new List<NumberTyped>();
        foreach (var token in rest.Split([' ', ',', ';', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(8))
        {
            if (token.All(char.IsAsciiDigit))
            {
                numbers.Add(new(token, token.Length is 6 or 8 ? Date(token, today) : null));
            }
            else if (RecordNumber().IsMatch(token))
            {
                numbers.Add(new(token.ToLowerInvariant(), null));
            }
            else
            {
                words.AddRange(Parts().Replace(Joins().Replace(token, ""), " ").Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return new() { Words = words, BirthDates = dates, Numbers = numbers };
    }

    /// <summary>A birth date, also as other systems print it: 19480105, 1948/1/5, 5-Jan-1948.</summary>
    private static DateOnly? Date(string text, DateOnly today)
    {
        if (DateOnly.TryParseExact(text, ["yyyyMMdd", "yyyy/M/d", "yyyy.M.d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var yearFirst)
            && yearFirst.Year >= 1850 && yearFirst <= today)
        {
            return yearFirst;
        }

        var spaced = text.Any(char.IsLetter) ? text.Replace('-', ' ') : text;
        return TypedDate.Read(spaced, today, birth: true).Date;
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    [GeneratedRegex(@"(?<![\w/.\-])(?:\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}|(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?[\s\-]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)[\s,\-]+(?:\d{4}|\d{2}))(?![\w/])", RegexOptions.IgnoreCase)]
    private static partial Regex DateInText();

    [GeneratedRegex(@"(?<!\w)(?:\+?1[\s.\-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.\-])?\d{3}[\s.\-]\d{4}(?!\w)")]
    private static partial Regex PhoneInText();

    [GeneratedRegex(@"^[A-Za-z]{1,6}-\d+$")]
    private static partial Regex RecordNumber();

    // As find_words() of the migration does: an apostrophe joins, everything else parts.
    [GeneratedRegex(@"(?<=\w)['’`](?=\w)")]
    private static partial Regex Joins();

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}]+")]
    private static partial Regex Parts();
}

/// <param name="Text">Digits, or a record number with its prefix.</param>
/// <param name="BirthDate">Six or eight digits may be a birth date as well as a part of a phone number.</param>
public sealed record NumberTyped(string Text, DateOnly? BirthDate);
