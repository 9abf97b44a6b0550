using Modular.Sdk;

namespace Modular.Scheduling.Setup;

/// <summary>Where a provider can be booked.</summary>
public sealed class Bookability : IVersioned, IAtLocation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid ProviderId { get; init; }
    public required Guid LocationId { get; init; }
    public bool Active { get; set; } = true;
}

/// <summary>Hours of a provider at a place that repeat every week, by the clock on its wall.</summary>
public sealed class Template : IVersioned, IAtLocation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid ProviderId { get; init; }
    public required Guid LocationId { get; init; }

    /// <summary>0 is Sunday.</summary>
    public required int Weekday { get; init; }
    public required TimeOnly Opens { get; set; }
    public required TimeOnly Closes { get; set; }
    public required DateOnly ValidFrom { get; set; }

    /// <summary>Last day, inclusive; null while it goes on.</summary>
    public DateOnly? ValidTo { get; set; }
}

/// <summary>What differs from the weekly hours: leave, a closure, extra hours, blocked time, time held for a type.</summary>
public sealed class ScheduleException : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required string Kind { get; init; }
    public Guid? ProviderId { get; init; }

    /// <summary>Null for leave and blocked time: a provider who is away is away everywhere.</summary>
    public Guid? LocationId { get; init; }
    public required DateOnly FromDate { get; init; }
    public required DateOnly ToDate { get; init; }
    public TimeOnly? Opens { get; init; }
    public TimeOnly? Closes { get; init; }
    public required string Reason { get; init; }

    /// <summary>Only on these weekdays of the dates, 0 is Sunday; null for every day.</summary>
    public int[]? Weekdays { get; init; }

    /// <summary>Held time: only this type is booked there …</summary>
    public Guid? TypeId { get; init; }

    /// <summary>… until so many hours before it begins; null keeps it to the end.</summary>
    public int? ReleaseHours { get; init; }

    public bool On(DateOnly day) => FromDate <= day && day <= ToDate && (Weekdays is null || Weekdays.Contains((int)day.DayOfWeek));

    public const string Leave = "leave";
    public const string Closure = "closure";
    public const string ExtraHours = "extra-hours";
    public const string Blocked = "blocked";
    public const string Held = "held";
}

/// <summary>Something a visit needs of which the place has only so many: an ultrasound, a treadmill.</summary>
public sealed class PieceOfEquipment : IVersioned, IAtLocation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid LocationId { get; init; }
    public required string Name { get; set; }

    /// <summary>What a type asks for; two ultrasounds are of one kind.</summary>
    public required string Kind { get; set; }
    public bool Active { get; set; } = true;
}
