namespace Modular.Sdk.Core;

/// <summary>A legal entity of the practice was added or changed. A practice has one at least, and most have no more.</summary>
/// <param name="Main">The one that a location or a member of staff belongs to when nobody says.</param>
/// <param name="FiscalMonth">1 to 12, the month in which its fiscal year begins: <see cref="FiscalCalendar"/>.</param>
/// <param name="Active">False when nothing new is to be in its name.</param>
[Message("core.entity-changed.v1")]
public sealed record EntityChanged(Guid EntityId, int Version, string Name, bool Main, int FiscalMonth, bool Active)
{
    /// <summary>Nine digits (EIN), without hyphen; null when the practice has not given it, as each of the rest may be.</summary>
    public string? TaxId { get; init; }

    /// <summary>Ten digits, of type 2: an organization's.</summary>
    public string? Npi { get; init; }

    /// <summary>Street and number.</summary>
    public string? Address { get; init; }
    public string? City { get; init; }

    /// <summary>Two letters: <c>OH</c>.</summary>
    public string? State { get; init; }

    /// <summary>Five or nine digits, without hyphen.</summary>
    public string? Zip { get; init; }
}
