namespace Modular.Sdk;

/// <param name="Label">Below the bar, or in the legend.</param>
/// <param name="Shown">The value as people read it; the number itself when left out.</param>
/// <param name="Link">The list behind the figure.</param>
public sealed record ChartPoint(string Label, decimal Value, string? Shown = null, string? Link = null)
{
    internal string Text => Shown ?? Value.ToString("#,##0.##", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>One line of a chart; every line has the same labels.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points);
