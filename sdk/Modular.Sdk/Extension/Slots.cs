namespace Modular.Sdk;

/// <summary>
/// A panel in a place of another module's page. It runs in its own scope beside the others with a time limit;
/// when it is late the page shows a placeholder that fetches it, when it fails its own box says so.
/// </summary>
public interface ISlotPanel
{
    /// <summary>What to show, or null for nothing here.</summary>
    Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct);
}

/// <param name="Slot">The place, such as <c>patients.chart</c>.</param>
/// <param name="Id">What the page is about: the patient of a chart, the visit of a drawer.</param>
public sealed record SlotContext(string Slot, Guid Id);

/// <param name="Title">Heading of the panel.</param>
/// <param name="View">View of the module, by its path in the module: <c>Appointments/_NextVisits</c>.</param>
/// <param name="Link">The page behind the heading.</param>
public sealed record PanelView(string Title, string View, object? Model, string? Link = null);

/// <summary>Answers for all rows of another module's list in one call.</summary>
public interface IListSlot
{
    Task<IReadOnlyDictionary<Guid, IReadOnlyList<Mark>>> LoadAsync(string slot, IReadOnlyCollection<Guid> ids, CancellationToken ct);
}

/// <summary>A small tag beside a row.</summary>
/// <param name="Tone">One of ok, warn, bad, info, or empty.</param>
public sealed record Mark(string Text, string Tone = "", string? Icon = null, string? Title = null);

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
