using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Series;

/// <summary>A series and every visit of it.</summary>
public sealed class SeriesPage(SchedulingDb db) : Slice
{
    public sealed record Model(VisitSeries Series, IReadOnlyList<Visit> Visits, string Provider, string Type, DateTimeOffset Now, bool MayBook)
    {
        /// <summary>It left the rule: another day, time or provider.</summary>
        public bool Differs(Visit v) => v.SeriesOn != v.Day || Rule.Occurrence(v.SeriesOn!.Value, Series.WallTime, Series.Zone).Start != v.StartsAt || v.ProviderId != Series.ProviderId;
    }

    [HttpGet("/scheduling/series/{id:guid}")]
    [Needs(SchedulingPermissions.Read)]
    public async Task<IActionResult> Get([PatientOf<VisitSeries>("series of visits")] Guid id, CancellationToken ct)
    {
        if (await db.Series.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct) is not { } series)
        {
            return NotFound();
        }

        var visits = await db.Visits.AsNoTracking().Where(v => v.SeriesId == id).OrderBy(v => v.SeriesOn).ToListAsync(ct);
        var provider = await db.Providers.Where(p => p.Id == series.ProviderId).Select(p => p.Name).FirstAsync(ct);
        var type = await db.AppointmentTypes.Where(t => t.Id == series.TypeId).Select(t => t.Name).FirstAsync(ct);
        return Page(new Model(series, visits, provider, type, Clock.GetUtcNow(), Actor.Can(SchedulingPermissions.Book)));
    }
}
