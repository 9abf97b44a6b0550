using System.Buffers;
using System.Globalization;

namespace Modular.Billing.X12;

/// <summary>One value by its type and length (005010 appendix B.1.1.3.1): what is wrong with it in words that follow its name, or null.</summary>
internal static class ElementChecks
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    private static readonly SearchValues<byte> Beyond = SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Select(i => (byte)i)]);

    public static (string Code, string Words)? Judge(ElementType type, ReadOnlySpan<byte> value) => type.Kind switch
    {
        'D' => IsDate(value) ? null : ("date", "is no date (CCYYMMDD)"),
        'T' => IsTime(value) ? null : ("time", "is no time (HHMM)"),
        'N' => Number(type, value, whole: true),
        'R' => Number(type, value, whole: false),
        _ => Words(type, value),
    };

    /// <summary>The text of a date, time or span by its qualifier: D8, RD8, DT, TM.</summary>
    public static string? JudgePeriod(ReadOnlySpan<byte> qualifier, ReadOnlySpan<byte> value) =>
        qualifier.SequenceEqual("D8"u8) ? (value.Length == 8 && IsDate(value) ? null : "is no date (CCYYMMDD)")
        : qualifier.SequenceEqual("RD8"u8) ? JudgeSpan(value)
        : qualifier.SequenceEqual("D6"u8) ? (value.Length == 6 && IsDate(value) ? null : "is no date (YYMMDD)")
        : qualifier.SequenceEqual("DT"u8) ? (value.Length == 12 && IsDate(value[..8]) && IsTime(value[8..])
            ? null : "is no date with time (CCYYMMDDHHMM)")
        : qualifier.SequenceEqual("TM"u8) ? (IsTime(value) ? null : "is no time (HHMM)")
        : null;

    private static string? JudgeSpan(ReadOnlySpan<byte> value) =>
        value.Length != 17 || value[8] != '-' || !IsDate(value[..8]) || !IsDate(value[9..]) ? "is no span of dates (CCYYMMDD-CCYYMMDD)"
        : value[..8].SequenceCompareTo(value[9..]) > 0 ? "ends before it begins" : null;

    public static bool IsDate(ReadOnlySpan<byte> value)
    {
        if (value.Length is not (6 or 8) || value.ContainsAnyExcept(Digits))
        {
            return false;
        }

        var year = value.Length == 6 ? 2000 : Int(value[..4]);
        var (month, day) = (Int(value[^4..^2]), Int(value[^2..]));
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    public static bool IsTime(ReadOnlySpan<byte> value) => value.Length is 4 or 6 or 7 or 8 && !value.ContainsAnyExcept(Digits)
        && Int(value[..2]) < 24 && Int(value[2..4]) < 60 && (value.Length < 6 || Int(value[4..6]) < 60);

    private static (string, string)? Number(ElementType type, ReadOnlySpan<byte> value, bool whole)
    {
        var digits = value.Length > 0 && value[0] == '-' ? value[1..] : value;
        var point = whole ? -1 : digits.IndexOf((byte)'.');
        var count = digits.Length - (point >= 0 ? 1 : 0);
        var isNumber = count > 0 && point != digits.Length - 1
            && !(point < 0 ? digits : digits[..point]).ContainsAnyExcept(Digits) && (point < 0 || !digits[(point + 1)..].ContainsAnyExcept(Digits));
        return !isNumber ? ("number", whole ? "is no whole number" : "is no number") : Length(type, count, "digits");
    }

    private static (string, string)? Words(ElementType type, ReadOnlySpan<byte> value)
    {
        // Nearly all values are a few plain letters: one pass over them is half the work of three searches.
        var at = 0;
        var isBlank = true;
        while (at < value.Length && value[at] is >= 32 and < 127)
        {
            isBlank &= value[at++] == ' ';
        }

        if (at == value.Length && !isBlank)
        {
            return Length(type, at, "characters");
        }

        if (value.ContainsAny(Beyond))
        {
            return ("character", "has a control character, which no text may have");
        }

        if (!value.ContainsAnyExcept((byte)' '))
        {
            return ("blank", "is made of blanks alone");
        }

        // Letters beyond ASCII are one each, whatever the bytes.
        return Length(type, value.ContainsAnyExceptInRange((byte)0, (byte)127) ? Segment.Text(value).Length : value.Length, "characters");
    }

    private static (string, string)? Length(ElementType type, int length, string unit) =>
        length < type.Least ? ("too-short", string.Create(CultureInfo.InvariantCulture, $"has {length} {unit}; the least is {type.Least}"))
        : length > type.Most ? ("too-long", string.Create(CultureInfo.InvariantCulture, $"has {length} {unit}; the most is {type.Most}")) : null;

    private static int Int(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }
}
