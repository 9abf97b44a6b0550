namespace Modular.Sdk;

/// <summary>The practice this request or message belongs to. Values are a snapshot; a change shows on the next request.</summary>
public interface IPractice
{
    Guid Id { get; }
    string Name { get; }

    /// <summary>Base address for links that leave the browser (e-mail, print), without a closing slash.</summary>
    string BaseUrl { get; }

    /// <summary>IANA zone for jobs and closes. What happens at a place uses <see cref="Location.Zone"/>.</summary>
    string Zone { get; }

    IReadOnlyList<Location> Locations { get; }

    /// <summary>
    /// The practice's business days: federal holidays and days on which all of it is closed are left out; <see cref="BusinessDays.At"/> has a
    /// place's.
    /// </summary>
    BusinessDays BusinessDays { get; }

    /// <summary>True when the module is enabled here.</summary>
    bool IsOn(string moduleId);

    /// <summary>True when the module is enabled here and the practice has this feature of it switched on.</summary>
    bool HasFeature(string feature);
}

/// <summary>The wall clock at a place of the practice.</summary>
public static class PracticePlaces
{
    /// <summary>The zone of what happens at this place; the practice's own for what is at none.</summary>
    public static string ZoneOf(this IPractice practice, Guid? location)
    {
        ArgumentNullException.ThrowIfNull(practice);
        return practice.Locations.FirstOrDefault(l => l.Id == location)?.Zone ?? practice.Zone;
    }

    /// <summary>The calendar date at this place now.</summary>
    /// <example><c>practice.Today(Clock, loan.LocationId)</c></example>
    public static DateOnly Today(this IPractice practice, TimeProvider clock, Guid? location) => WallTime.Today(clock, practice.ZoneOf(location));
}
