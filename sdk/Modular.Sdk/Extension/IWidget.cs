namespace Modular.Sdk;

/// <summary>A tile of the home page; the same limits as a slot.</summary>
public interface IWidget
{
    Task<WidgetView?> LoadAsync(CancellationToken ct);
}

/// <param name="Number">The figure, formatted.</param>
/// <param name="Text">What it counts, in a few words.</param>
/// <param name="Link">The list behind the figure.</param>
/// <param name="Tone">One of ok, warn, bad, info, or empty.</param>
/// <param name="Lines">A few rows below the figure, each with its link.</param>
/// <param name="Trend">The figure over time, oldest first; drawn as a line.</param>
/// <param name="Bars">A picture instead of lines: each bar leads to the list behind it, and the numbers stand in a table below.</param>
public sealed record WidgetView(
    string Number, string Text, string Link, string Tone = "", IReadOnlyList<WidgetLine>? Lines = null, IReadOnlyList<decimal>? Trend = null,
    IReadOnlyList<ChartPoint>? Bars = null);

public sealed record WidgetLine(string Text, string Link, string? Note = null);
