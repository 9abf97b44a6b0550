using Modular.Scheduling.Setup;
using Modular.Sdk.Core;

namespace Modular.Scheduling.FreeTime;

/// <summary>
/// Half-open stretch of time. It may be empty: where spring skips 2:50, a meeting from 2:50 to 3:20 would begin at 3:50, after its end.
/// </summary>
public readonly record struct Interval(DateTimeOffset From, DateTimeOffset To)
{
    public bool IsEmpty => To <= From;

    /// <summary>An empty one overlaps nothing, also in the middle of another.</summary>
    public bool Overlaps(Interval other) => From < other.To && other.From < To && !IsEmpty && !other.IsEmpty;

    public bool Contains(Interval other) => From <= other.From && other.To <= To;
}

/// <summary>A visit as far as it takes up a provider, a room and equipment; the last two with preparation and clean-up.</summary>
public sealed record BusyTime(Guid ProviderId, Guid? RoomId, Interval During, Interval RoomDuring, Guid? EquipmentId = null, Guid VisitId = default);

/// <summary>A piece of equipment of the location.</summary>
public sealed record Apparatus(Guid Id, string Kind);

/// <summary>Name and id of a provider or room that may be booked at the location.</summary>
public sealed record Bookable(Guid Id, string Name);

/// <summary>All that decides which starts of a location are free; nothing else is asked.</summary>
/// <param name="Zone">IANA zone of the location.</param>
/// <param name="Busy">Visits that are not canceled, of these providers anywhere and of these rooms.</param>
/// <param name="Now">When held time is judged: what is not taken is given free some hours before.</param>
/// <param name="Open">The location's weekly opening hours; none given leaves the hours to the providers.</param>
public sealed record ScheduleFacts(
    Guid LocationId,
    string LocationName,
    string Zone,
    IReadOnlyList<Bookable> Providers,
    IReadOnlyList<Bookable> Rooms,
    IReadOnlyList<Template> Templates,
    IReadOnlyList<ScheduleException> Exceptions,
    IReadOnlyList<BusyTime> Busy,
    IReadOnlyList<OpenHours>? Open = null,
    IReadOnlyList<Apparatus>? Equipment = null,
    DateTimeOffset Now = default);

/// <summary>A time that can be booked.</summary>
/// <param name="Start">On the location's wall: with the offset in force, so that the hour an autumn night repeats stays two hours.</param>
/// <param name="RoomId">The room it would take, when the type needs one.</param>
public sealed record FreeStart(Guid ProviderId, string ProviderName, DateTimeOffset Start, Guid? RoomId);

/// <summary>Why a start cannot be booked; <see cref="Free"/> when it can.</summary>
public enum Fit
{
    Free,
    NotBookable,
    Closed,
    NotOpen,
    Away,
    OutsideHours,
    Held,
    Taken,
    NoRoom,
    NoEquipment,
}

/// <param name="RoomId">The room to take when it fits and the type needs one.</param>
/// <param name="Why">The reason given for the closure, leave or hold, or the kind of equipment that is missing.</param>
/// <param name="EquipmentId">The equipment to take when it fits and the type needs some.</param>
public sealed record Verdict(Fit Fit, Guid? RoomId = null, string? Why = null, Guid? EquipmentId = null);
