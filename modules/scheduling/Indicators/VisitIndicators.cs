using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Panels;
using Modular.Sdk;

namespace Modular.Scheduling.Indicators;

/// <summary>How full the hours are, who did not come, and how long those wait who came; counted from the visits of each day.</summary>
public sealed class VisitIndicators(SchedulingDb db, ScheduleReader schedule) : IIndicatorSource
{
    public static readonly Indicator Utilization =
        new("scheduling.utilization", "Booked share of provider hours", IndicatorShape.Ratio, SchedulingPermissions.Read)
        {
            Definition = "Minutes of the providers' hours that a visit takes, of all minutes of their hours. Visits beyond the hours add nothing, "
            + "closures and leave are no hours. Providers who can be booked here today are counted.",
            Part = "Booked minutes", Of = "Minutes of hours", ByProvider = true, Link = DayOf,
        };

    public static readonly Indicator NoShows = new("scheduling.no-shows", "No-show rate", IndicatorShape.Ratio, SchedulingPermissions.Book)
    {
        Definition = "Visits to which the patient did not come, of all that took place or were missed. Canceled visits do not count.",
        Part = "Missed visits", Of = "Visits due", Better = IndicatorDirection.Down, ByProvider = true, First = "Type of visit",
        Link = _ => "/scheduling/no-shows?since=365",
    };

    public static readonly Indicator Waits =
        new("scheduling.waits", "Wait from arrival to room", IndicatorShape.Distribution, SchedulingPermissions.Read)
        {
            Definition = "Minutes from a patient's arrival at the desk until they are brought to a room. The middle one of all waits is told, "
            + "and what nine in ten do not exceed.",
            Of = "Patients roomed", Better = IndicatorDirection.Down, ByProvider = true, Edges = [2, 5, 8, 10, 15, 20, 30, 45, 60, 90], Link = DayOf,
        };

    public async Task CountAsync(IndicatorDays days, CancellationToken ct)
    {
        var place = days.Location!;
        var hours = await schedule.ReadAsync(place, days.From, days.To, ct);
        foreach (var provider in hours.Facts.Providers)
        {
            for (var day = days.From; day <= days.To; day = day.AddDays(1))
            {
                if (BookedHours.Of(hours, provider.Id, day) is { Open: > 0 } minutes)
                {
                    days.Add(Utilization, day, minutes.Booked, minutes.Open, provider.Id);
                }
            }
        }

        var (from, to) = (WallTime.Day(days.From, place.Zone).From, WallTime.Day(days.To, place.Zone).To);
        var visits = await db.Visits.AsNoTracking().WithShut()
            .Where(v => v.LocationId == place.Id && v.StartsAt >= from && v.StartsAt < to
                && v.Status != VisitStatus.Booked && v.Status != VisitStatus.Canceled)
            .Select(v => new { v.StartsAt, v.ProviderId, v.TypeName, v.Status, v.ArrivedAt, v.RoomedAt }).ToListAsync(ct);
        foreach (var visit in visits)
        {
            var day = DateOnly.FromDateTime(WallTime.At(visit.StartsAt, place.Zone).DateTime);
            days.Add(NoShows, day, visit.Status == VisitStatus.NoShow ? 1 : 0, 1, visit.ProviderId, first: visit.TypeName);
            if (visit is { ArrivedAt: { } arrived, RoomedAt: { } roomed })
            {
                days.Add(Waits, day, (decimal)(roomed - arrived).TotalMinutes, provider: visit.ProviderId);
            }
        }
    }

    public async Task<DateOnly?> FirstDayAsync(CancellationToken ct) =>
        await db.Visits.WithShut().OrderBy(v => v.StartsAt).Select(v => (DateTimeOffset?)v.StartsAt).FirstOrDefaultAsync(ct) is { } first
            ? DateOnly.FromDateTime(first.UtcDateTime).AddDays(-1) : null;

    private static string DayOf(IndicatorPlace at) =>
        $"/scheduling/days/{at.To:yyyy-MM-dd}{(at.LocationId is { } place ? $"?location={place}" : "")}";
}
