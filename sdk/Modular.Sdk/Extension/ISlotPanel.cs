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
/// <param name="Id">What the page is about: the patient of a chart, or of a visit.</param>
public sealed record SlotContext(string Slot, Guid Id)
{
    /// <summary>
    /// The visit, at a place that is about a patient and their visit; null elsewhere, and while a visit is being booked: then it is known when
    /// the fields are taken.
    /// </summary>
    public Guid? VisitId { get; init; }
}

/// <param name="Title">Heading of the panel.</param>
/// <param name="View">View of the module, by its path in the module: <c>Appointments/_NextVisits</c>.</param>
/// <param name="Link">The page behind the heading.</param>
public sealed record PanelView(string Title, string View, object? Model, string? Link = null);
