using Modular.Sdk;

namespace Modular.Scheduling.Series;

/// <summary>Visits that repeat, by the clock on the wall of the place.</summary>
public sealed class VisitSeries : IVersioned, IAtLocation, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid PatientId { get; init; }
    public required Guid ProviderId { get; init; }
    public required Guid LocationId { get; init; }
    public required Guid TypeId { get; init; }
    public required string Zone { get; init; }
    public required TimeOnly WallTime { get; init; }
    public required DateOnly StartsOn { get; init; }
    public required int Every { get; init; }

    /// <summary>day, week or month.</summary>
    public required string Unit { get; init; }
    public required int Times { get; init; }
    public string? Note { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required string MadeBy { get; init; }

    Guid? IOfPatient.PatientId => PatientId;

    public string Words => Rule.Words(Every, Unit);
}

/// <summary>When the occurrences of a rule are.</summary>
public static class Rule
{
    /// <summary>The dates in order; a month after January 31 is the last of February, and the month after that the 31st again.</summary>
    public static IEnumerable<DateOnly> Dates(DateOnly first, int every, string unit, int times) => Enumerable.Range(0, times).Select(i => unit switch
    {
        "month" => first.AddMonths(i * every),
        "week" => first.AddDays(7 * i * every),
        _ => first.AddDays(i * every),
    });

    /// <summary>The instant of a wall time on a date, and what to say when the clocks change there.</summary>
    /// <remarks>Rule G 70: 02:30 in spring is moved visibly, 01:30 in autumn is the first of the two and keeps its offset.</remarks>
    public static (DateTimeOffset Start, string? Note) Occurrence(DateOnly date, TimeOnly wall, string zone)
    {
        var start = WallTime.At(WallTime.Instant(date, wall, zone), zone);
        if (TimeOnly.FromDateTime(start.DateTime) != wall)
        {
            return (start, $"The clocks go forward: there is no {Said.Time(wall)}, so it is {Said.Time(TimeOnly.FromDateTime(start.DateTime))}");
        }

        return WallTime.Find(zone).IsAmbiguousTime(start.DateTime)
            ? (start, $"The clocks go back: the first {Said.Time(wall)} (UTC{start:zzz})")
            : (start, null);
    }

    public static string Words(int every, string unit) => every == 1 ? $"every {unit}" : $"every {every} {unit}s";
}
