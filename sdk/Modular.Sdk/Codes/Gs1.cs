using System.Globalization;

namespace Modular.Sdk;

/// <summary>
/// What the code on a package of medicine or supplies says, read by the rules of GS1: which item it is, of which lot, until when it is
/// good. Elements that have no property here are passed over.
/// </summary>
/// <example><code>
/// var code = Gs1.Parse("(01)00312345678906(17)270200(10)A7", today);
/// // Gtin: "00312345678906", ExpiresOn: February 28, 2027, Lot: "A7", Error: null
/// </code></example>
public sealed record Gs1
{
    /// <summary>(01) The number of the item, 14 digits, its check digit right.</summary>
    public string? Gtin { get; internal set; }

    /// <summary>(10) Up to 20 characters.</summary>
    public string? Lot { get; internal set; }

    /// <summary>(11)</summary>
    public DateOnly? ProducedOn { get; internal set; }

    /// <summary>(17) The last day on which it is good.</summary>
    public DateOnly? ExpiresOn { get; internal set; }

    /// <summary>(21) Of the one package, up to 20 characters.</summary>
    public string? Serial { get; internal set; }

    /// <summary>(30) How many are in it.</summary>
    public int? Count { get; internal set; }

    /// <summary>A sentence for the person who scanned or typed it; null when the code was read. With a sentence nothing else is set.</summary>
    public string? Error { get; private init; }

    /// <summary>
    /// Reads what a scanner sends (with or without the symbology identifier; elements of open length ended by FNC1, which arrives as
    /// the character 29), or what stands in print with brackets around the numbers of the elements.
    /// </summary>
    /// <param name="today">Years have two digits in a code: the one meant lies from 49 years back to 50 years ahead of this day.</param>
    public static Gs1 Parse(string? text, DateOnly today)
    {
        try
        {
            var read = new Gs1();
            foreach (var (number, value) in Gs1Elements.Of(Gs1Elements.Bare(text)))
            {
                read.Take(number, value, today);
            }

            return read;
        }
        catch (FormatException refused)
        {
            return new() { Error = refused.Message };
        }
    }

    private void Take(string number, string value, DateOnly today)
    {
        switch (number)
        {
            case "01":
                Gtin = Once(Gtin, Item(value), "item numbers (01)");
                break;
            case "10":
                Lot = Once(Lot, Open(value, "lot number (10)"), "lot numbers (10)");
                break;
            case "11":
                ProducedOn = Once(ProducedOn, Day(value, "production date (11)", today), "production dates (11)");
                break;
            case "17":
                ExpiresOn = Once(ExpiresOn, Day(value, "expiry date (17)", today), "expiry dates (17)");
                break;
            case "21":
                Serial = Once(Serial, Open(value, "serial number (21)"), "serial numbers (21)");
                break;
            case "30":
                Count = Once(Count, Digits(value, "count (30)", 1, 8), "counts (30)");
                break;
        }
    }

    /// <summary>A symbol may repeat an element, but not say another thing.</summary>
    private static T Once<T>(T? before, T now, string what)
        where T : notnull => before is null || before.Equals(now) ? now : throw new FormatException($"The code holds two different {what}. Scan one package alone.");

    private static int? Once(int? before, int now, string what) => Once<object>(before, now, what) as int?;

    private static DateOnly? Once(DateOnly? before, DateOnly now, string what) => Once<object>(before, now, what) as DateOnly?;

    private static string Item(string value)
    {
        Digits(value, "item number (01)", 14, 14);
        var sum = value[..13].Select((c, i) => (c - '0') * (i % 2 == 0 ? 3 : 1)).Sum();
        var check = (10 - (sum % 10)) % 10;
        return value[13] - '0' == check
            ? value
            : throw new FormatException($"The item number (01) {value} is wrong: after the digits before it, the last one would be {check}. Scan it again, or compare it with the print on the package.");
    }

    private static string Open(string value, string what)
    {
        if (value.Length == 0)
        {
            throw new FormatException($"The {what} is empty.");
        }

        if (value.Length > 20)
        {
            throw new FormatException($"The {what} is longer than 20 characters. The scanner may leave out the sign that ends it: it must send FNC1 as the character 29 (GS).");
        }

        return value.FirstOrDefault(c => !Gs1Elements.IsAllowed(c)) is var odd and not '\0'
            ? throw new FormatException($"The {what} holds “{odd}”, which no such code may hold. Scan it again.")
            : value;
    }

    private static int Digits(string value, string what, int least, int most)
    {
        if (value.Length < least || value.Length > most || !value.All(char.IsAsciiDigit))
        {
            throw new FormatException($"The {what} has {(least == most ? $"{most} digits" : $"{least} to {most} digits")}; here it is “{value}”. Scan it again.");
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private static DateOnly Day(string value, string what, DateOnly today)
    {
        Digits(value, what, 6, 6);
        var (month, day) = (int.Parse(value[2..4], CultureInfo.InvariantCulture), int.Parse(value[4..], CultureInfo.InvariantCulture));
        var year = Year(int.Parse(value[..2], CultureInfo.InvariantCulture), today.Year);
        if (month is 0 or > 12)
        {
            throw new FormatException($"The {what} {value} is no day: there is no month {value[2..4]}. It reads year, month, day.");
        }

        var last = DateTime.DaysInMonth(year, month);
        return day <= last
            ? new(year, month, day == 0 ? last : day)
            : throw new FormatException($"The {what} {value} is no day: month {month} of {year} has {last} days. It reads year, month, day.");
    }

    /// <summary>GS1 General Specifications, "Determination of century in dates": 51 years off or more is the century beside.</summary>
    private static int Year(int two, int now) => (now / 100 * 100) + two + ((two - (now % 100)) switch { >= 51 => -100, <= -50 => 100, _ => 0 });
}
