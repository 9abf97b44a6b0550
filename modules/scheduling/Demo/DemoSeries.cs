using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Series;
using Modular.Sdk;

namespace Modular.Scheduling.Demo;

/// <summary>One patient who comes every week, booked like any series: what is taken goes to a time nearby.</summary>
public sealed class DemoSeries(SchedulingDb db, SeriesPlan plan, SeriesBook book, IPractice practice, TimeProvider clock)
{
    public async Task EnsureAsync(DateOnly today, CancellationToken ct)
    {
        var place = practice.Locations.First(l => l.Active);
        var provider = await db.Bookability.Where(b => b.LocationId == place.Id && b.Active).OrderBy(b => b.ProviderId).Select(b => b.ProviderId).FirstOrDefaultAsync(ct);
        var type = await db.AppointmentTypes.AsNoTracking().FirstOrDefaultAsync(t => t.Name == "Blood pressure", ct);
        if (await db.Series.AnyAsync(ct) || type is null || await db.Patients.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).FirstOrDefaultAsync(ct) is not { } patient
            || await plan.AskedAsync(place, type.Id, patient.Id, patient.Name, provider, ct) is not { } asked)
        {
            return;
        }

        var first = today.AddDays(7 + (((int)DayOfWeek.Tuesday - (int)today.DayOfWeek + 7) % 7));
        var series = new VisitSeries
        {
            PatientId = patient.Id, ProviderId = provider, LocationId = place.Id, TypeId = type.Id, Zone = place.Zone, WallTime = new(8, 0), StartsOn = first,
            Every = 1, Unit = "week", Times = 8, Note = "Blood pressure log", MadeAt = clock.GetUtcNow(), MadeBy = "Paula Brandt",
        };
        var dates = Rule.Dates(first, 1, "week", 8).Select(d => (On: d, At: Rule.Occurrence(d, series.WallTime, place.Zone))).Select(o => (o.On, o.At.Start, o.At.Note, (Guid?)null)).ToList();
        var planned = (await plan.MakeAsync(asked, dates, new Dictionary<DateOnly, string>(), ct))
            .Select(p => p.Chosen.Length > 0 ? p : p with { Chosen = p.Nearby is [var near, ..] ? near.ToString("O") : Choice.Skip }).ToList();
        await book.BookAsync(Guid.CreateVersion7(), series, asked, planned, "", ct);
    }
}
