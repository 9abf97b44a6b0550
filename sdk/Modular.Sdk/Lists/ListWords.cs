using System.Globalization;

namespace Modular.Sdk;

/// <summary>A value of a column as the page and the print say it.</summary>
internal static class ListWords
{
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        DateOnly date => Said.ShortDay(date),
        bool yes => yes ? "Yes" : "",
        int or long => Said.Count(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        decimal amount => Said.Money(amount),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
