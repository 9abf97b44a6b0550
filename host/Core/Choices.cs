using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Modular.Host.Core;

/// <summary>Choices that several forms offer.</summary>
public static class Choices
{
    // The zones of the United States and its territories, as an office names them; any other IANA zone a practice already has is kept.
    private static readonly (string Zone, string Words)[] UnitedStates =
    [
        ("America/New_York", "Eastern"), ("America/Chicago", "Central"), ("America/Denver", "Mountain"), ("America/Phoenix", "Mountain, no daylight saving (Arizona)"),
        ("America/Los_Angeles", "Pacific"), ("America/Anchorage", "Alaska"), ("Pacific/Honolulu", "Hawaii"), ("America/Puerto_Rico", "Atlantic (Puerto Rico)"),
        ("Pacific/Guam", "Chamorro (Guam)"), ("Pacific/Pago_Pago", "Samoa"), ("America/Detroit", "Eastern (Michigan)"), ("America/Indiana/Indianapolis", "Eastern (Indiana)"),
    ];

    public static IEnumerable<SelectListItem> Zones(string? current)
    {
        var known = UnitedStates.Select(z => new SelectListItem($"{z.Words} ({z.Zone})", z.Zone));
        return string.IsNullOrEmpty(current) || UnitedStates.Any(z => z.Zone == current) ? known : known.Prepend(new(current, current));
    }

    public static IReadOnlyList<SelectListItem> Months { get; } =
        [.. Enumerable.Range(1, 12).Select(m => new SelectListItem(CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(m), $"{m}"))];

    /// <param name="all">What stands for all of them; null where that is no choice.</param>
    public static IEnumerable<SelectListItem> Locations(IEnumerable<Site> sites, string? all)
    {
        var some = sites.Select(s => new SelectListItem(s.Name, s.Id.ToString()));
        return all is null ? some : some.Prepend(new(all, ""));
    }
}
