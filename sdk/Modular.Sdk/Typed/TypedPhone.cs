using System.Text.RegularExpressions;

namespace Modular.Sdk;

/// <summary>A phone number as people type it. Stored as ten digits (with <c>x12</c> for an extension), or with a leading + from abroad.</summary>
public static partial class TypedPhone
{
    public const string Hint = "Not a phone number. Ten digits, or + and the country code.";

    /// <returns>The form to store, or null when it is no phone number.</returns>
    public static string? Read(string text)
    {
        var m = Pattern().Match(text.Trim());
        var digits = NotDigit().Replace(m.Groups["number"].Value, "");
        if (text.TrimStart().StartsWith('+') && !(digits.Length == 11 && digits[0] == '1'))
        {
            return digits.Length is >= 8 and <= 15 ? "+" + digits : null;
        }

        var ten = digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
        // No area code or exchange begins with 0 or 1 (North American Numbering Plan), except that 555-01xx stands for made-up people.
        return ten.Length == 10 && ten[0] > '1' ? ten + (m.Groups["ext"].Success ? "x" + m.Groups["ext"].Value : "") : null;
    }

    /// <summary>(555) 010-4471 x12; what is not a stored number is shown as it is.</summary>
    public static string Show(string? stored)
    {
        if (stored is null || !Stored().IsMatch(stored))
        {
            return stored ?? "";
        }

        var (ten, ext) = (stored[..10], stored.Length > 10 ? $" x{stored[11..]}" : "");
        return $"({ten[..3]}) {ten[3..6]}-{ten[6..]}{ext}";
    }

    [GeneratedRegex(@"^(?<number>.*?)(?:\s*(?:x|ext\.?)\s*(?<ext>\d{1,6}))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\D")]
    private static partial Regex NotDigit();

    [GeneratedRegex(@"^\d{10}(x\d+)?$")]
    private static partial Regex Stored();
}
