using Modular.Scheduling.Setup;
using Modular.Sdk.Core;

namespace Modular.Scheduling.Openings;

/// <summary>Half-open stretch of time.</summary>
public readonly record struct Interval(DateTimeOffset From, DateTimeOffset To)
{
    public bool Overlaps(Interval other) => From < other.To && other.From < To;

    public bool Contains(Interval other) => From <= other.From && other.To <= To;
}

/// <summary>A visit as far as it takes up a provider and a room.</summary>
public sealed record BusyTime(Guid ProviderId, Guid? RoomId, Interval During, Interval RoomDuring);

/// <summary>Name and id of a provider or room that may be booked at the location.</summary>
public sealed record Bookable(Guid Id, string Name);

/// <summary>All that decides which starts of a location are free; nothing else is asked.</summary>
/// <param name="Zone">IANA zone of the location.</param>
/// <param name="Busy">Visits that are not canceled, of these providers anywhere and of these rooms.</param>
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
    IReadOnlyList<OpenHours>? Open = null);

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
    Taken,
    NoRoom,
}

/// <param name="RoomId">The room to take when it fits and the type needs one.</param>
/// <param name="Why">The reason given for the closure or leave.</param>
public sealed record Verdict(Fit Fit, Guid? RoomId = null, string? Why = null);
