using System.Globalization;
using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>Figures and declarations of indicators as people read them.</summary>
public static class IndicatorWords
{
    public static string Figure(Indicator of, decimal? value) => value is not { } v ? "–" : of.Unit switch
    {
        IndicatorUnit.Share => Number(v * 100, "0.#") + "%",
        IndicatorUnit.Minutes => Number(v, "0.#") + " min",
        IndicatorUnit.Days => Number(v, "0.#") + (v == 1 ? " day" : " days"),
        IndicatorUnit.Money => Said.Money(v),
        _ => Number(v),
    };

    /// <summary>What is kept of a number in a file: a share as it is said, with what rounding it needs.</summary>
    public static decimal? Raw(Indicator of, decimal? value) =>
        value is not { } v ? null : Math.Round(of.Unit == IndicatorUnit.Share ? v * 100 : v, 2);

    /// <summary>What the number in a form or a file is counted in.</summary>
    public static string Unit(Indicator of) => of.Unit switch
    {
        IndicatorUnit.Share => "%",
        IndicatorUnit.Minutes => "minutes",
        IndicatorUnit.Days => "days",
        IndicatorUnit.Money => "$",
        _ => "number",
    };

    public static string Shape(Indicator of) => of.Shape switch
    {
        IndicatorShape.Ratio => $"{of.Part} of {LowerFirst(of.Of)}",
        IndicatorShape.Snapshot => "At the end of the day",
        IndicatorShape.Distribution => "Median",
        _ => $"By {of.Period.ToString().ToLowerInvariant()}",
    };

    public static string Better(Indicator of) => of.Better == IndicatorDirection.Up ? "Higher is better" : "Lower is better";

    /// <summary>What it can be split by, name in the address and words.</summary>
    public static IReadOnlyDictionary<string, string> Splits(Indicator of) => new Dictionary<string, string?>
    {
        ["location"] = of.PracticeWide ? null : "Location", ["provider"] = of.ByProvider ? "Provider" : null,
        ["entity"] = of.PracticeWide ? null : "Legal entity", ["first"] = of.First, ["second"] = of.Second,
    }.Where(s => s.Value is not null).ToDictionary(s => s.Key, s => s.Value!);

    /// <summary>What else the tile says of the whole: the parts of a ratio, the 90th percentile.</summary>
    public static string? Beside(Indicator of, IndicatorTally tally) => of.Shape switch
    {
        IndicatorShape.Ratio when tally.Base != 0 => $"{Number(tally.Value)} of {Number(tally.Base)}",
        IndicatorShape.Distribution when tally.Base != 0 =>
            $"nine in ten up to {Figure(of, tally.Percentile(of, 0.9m))}, of {Number(tally.Base)} measured",
        _ => null,
    };

    /// <summary>1,234.5, with a real minus.</summary>
    public static string Number(decimal value, string format = "#,##0.##") =>
        (value < 0 ? "−" : "") + Math.Abs(Math.Round(value, 2)).ToString(format, CultureInfo.InvariantCulture);

    private static string LowerFirst(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
