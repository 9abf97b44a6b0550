using System.Globalization;

namespace Modular.Billing.Inbox;

/// <summary>Services as one cell of a table: <c>99213-25 AB; J1885 x2; G0008 $38</c>. Code, modifiers after hyphens, letters of diagnoses, units
/// after x, a price after $.</summary>
public static class ServiceText
{
    public const string Hint = "Services are written like G0463-25 AB; J1885 x2.";

    /// <returns>Null when it cannot be read.</returns>
    public static List<OutsideLine>? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new List<OutsideLine>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (ReadOne(part.Split(' ', StringSplitOptions.RemoveEmptyEntries)) is not { } line)
            {
                return null;
            }

            lines.Add(line);
        }

        return lines.Count == 0 ? null : lines;
    }

    private static OutsideLine? ReadOne(string[] words)
    {
        var code = words[0].ToUpperInvariant().Split('-');
        string? pointers = null;
        decimal units = 1;
        decimal? price = null;
        foreach (var word in words[1..])
        {
            if (word[0] is 'x' or 'X' && Number(word[1..]) is { } times)
            {
                units = times;
            }
            else if (word[0] == '$' && Number(word[1..]) is { } amount)
            {
                price = amount;
            }
            else if (pointers is null && word.Length <= 4 && word.All(c => char.ToUpperInvariant(c) is >= 'A' and <= 'L'))
            {
                pointers = word.ToUpperInvariant();
            }
            else
            {
                return null;
            }
        }

        return code[0].Length == 5 && code[1..].All(m => m.Length == 2) ? new(code[0], code[1..], pointers, units, price) : null;
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
