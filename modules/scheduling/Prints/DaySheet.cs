using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Board;
using Modular.Sdk;

namespace Modular.Scheduling.Prints;

/// <summary>A day on paper, a page a provider: for when the screens are off, and for whoever likes paper.</summary>
public sealed class DaySheet(SchedulingDb db, IAccessLog log, IPatientAccess patients, ChosenLocation chosen, IPractice practice) : Slice
{
    /// <param name="Shut">Of the visit the time and the room are shown, and nothing else.</param>
    public sealed record Row(Visit Visit, bool Shut, string? Room, string? Phone, DateOnly? BirthDate, string? Case);

    public sealed record Model(Location Location, DateOnly Date, DateTimeOffset Printed, DayNote? Note, IReadOnlyList<IGrouping<string, Row>> Providers);

    [HttpGet("/scheduling/prints/day-sheet/{date?}")]
    [Needs(SchedulingPermissions.Read)]
    public async Task<IActionResult> Get(string? date, Guid? location, Guid? provider, CancellationToken ct)
    {
        var where = location is null ? chosen.Location : practice.Locations.FirstOrDefault(l => l.Id == location && db.Reads.Sees(l.Id));
        if (where is null || TypedDate.Read(date ?? "t", WallTime.Today(Clock, where.Zone)).Date is not { } day)
        {
            return NotFound();
        }

        var (from, to) = WallTime.Day(day, where.Zone);
        var visits = await db.Visits.WithShut().AsNoTracking()
            .Where(v => v.LocationId == where.Id && v.StartsAt >= from && v.StartsAt < to && v.Status != VisitStatus.Canceled && (provider == null || v.ProviderId == provider))
            .OrderBy(v => v.StartsAt).ThenBy(v => v.Id).ToListAsync(ct);
        var rooms = await db.Rooms.AsNoTracking().Where(r => r.LocationId == where.Id).ToDictionaryAsync(r => r.Id, r => r.Name, ct);
        Guid[] ids = [.. visits.Select(v => v.PatientId).Distinct().Where(id => !patients.IsShut(id))];
        var known = await db.Patients.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        Guid[] of = [.. visits.Select(v => v.CaseId).OfType<Guid>().Distinct()];
        var cases = of.Length == 0 ? [] : await db.Cases.AsNoTracking().Where(c => of.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Title, ct);
        log.Listed(ids, $"Day sheet {day:MMM d}");
        var rows = visits.Select(v => new Row(v, patients.IsShut(v.PatientId), v.RoomId is { } r ? rooms.GetValueOrDefault(r) : null, known.GetValueOrDefault(v.PatientId)?.Phone, known.GetValueOrDefault(v.PatientId)?.BirthDate,
            v.CaseId is { } c ? cases.GetValueOrDefault(c) : null));
        var note = await db.DayNotes.AsNoTracking().FirstOrDefaultAsync(n => n.LocationId == where.Id && n.Day == day, ct);
        return Page(new Model(where, day, Clock.GetUtcNow(), note, [.. rows.GroupBy(r => r.Visit.ProviderName).OrderBy(g => g.Key, StringComparer.Ordinal)]));
    }
}
