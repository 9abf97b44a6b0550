using System.Globalization;
using System.Text.RegularExpressions;

namespace Modular.Sdk;

/// <summary>An amount as people type it: <c>30</c>, <c>$1,240.00</c>, <c>(30)</c>, <c>30-</c>.</summary>
public static partial class TypedMoney
{
    public const string Hint = "Not an amount. Try 30 or 1,240.50.";

    public static decimal? Read(string text)
    {
        var negative = Negative().IsMatch(text);
        var digits = Clutter().Replace(text, "");
        return Amount().IsMatch(digits) && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? (negative ? -amount : amount)
            : null;
    }

    [GeneratedRegex(@"^\s*(\(.*\)|-.*|.*-)\s*$")]
    private static partial Regex Negative();

    [GeneratedRegex(@"[$,\s()-]")]
    private static partial Regex Clutter();

    [GeneratedRegex(@"^\d*\.?\d+$|^\d+\.$")]
    private static partial Regex Amount();
}
