using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Cases;
using Modular.Scheduling.Reactions;
using Modular.Scheduling.Setup;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Scheduling.Appointments;

/// <summary>One visit: what it is, where it stands, and the next step.</summary>
public sealed class Appointment(SchedulingDb db) : Slice
{
    public sealed record Model(Visit Visit, IReadOnlyList<VisitChange> Changes, string? Equipment, KnownRoom? Room, KnownCase? Case, bool HasCases, string Location, bool IsToday, bool Begun, bool MayBook, bool MayCheckIn)
    {
        public string At => $"/scheduling/appointments/{Visit.Id}";

        /// <summary>What happened to it so far, latest first. A visit from before the history was kept shows what its own row says.</summary>
        public IEnumerable<Step> Steps()
        {
            var kept = Changes.Select(c => new Step(c.Said, c.Tone, c.WasStart is not null ? "refresh" : Icon(c.Tone), c.At, c.By)).ToList();
            var from = kept.Count > 0 ? kept.Min(s => s.When) : DateTimeOffset.MaxValue;
            return kept.Concat(OfTheRow().Where(s => s.When < from)).OrderByDescending(s => s.When);
        }

        private static string Icon(string tone) => tone switch { "ok" => "check", "bad" => "x", "info" => "calendar", _ => "clock" };

        private IEnumerable<Step> OfTheRow()
        {
            if (Visit is { EndedAt: { } ended, EndedBy: { } endedBy })
            {
                yield return new(Visit.Status == VisitStatus.Canceled ? $"Canceled: {Visit.Reason}" : "Did not come", "bad", "x", ended, endedBy);
            }

            if (Visit is { CheckedOutAt: { } left, CheckedOutBy: { } leftBy })
            {
                yield return new("Checked out", "", "log-out", left, leftBy);
            }

            if (Visit is { ArrivedAt: { } came, ArrivedBy: { } cameBy })
            {
                yield return new("Arrived", "ok", "log-in", came, cameBy);
            }

            yield return new("Booked", "info", "calendar", Visit.BookedAt, Visit.BookedBy);
        }
    }

    public sealed record Step(string What, string Tone, string Icon, DateTimeOffset When, string Who);

    [HttpGet("/scheduling/appointments/{id:guid}")]
    [Needs("scheduling.visit.read")]
    public async Task<IActionResult> Get([PatientOf<Visit>("visit")] Guid id, [FromServices] IPractice practice, [FromServices] VisitCases cases, CancellationToken ct)
    {
        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return NotFound();
        }

        var room = visit.RoomId is { } r ? await db.Rooms.AsNoTracking().FirstOrDefaultAsync(x => x.Id == r, ct) : null;
        var equipment = visit.EquipmentId is { } e ? await db.Equipment.Where(x => x.Id == e).Select(x => x.Name).FirstOrDefaultAsync(ct) : null;
        var changes = await db.VisitChanges.AsNoTracking().Where(c => c.VisitId == id).ToListAsync(ct);
        return Page(new Model(
            visit, changes, equipment, room, await cases.FindAsync(visit.CaseId, ct), (await cases.OpenAsync(visit.PatientId, visit.Day, ct)).Count > 0, practice.Locations.FirstOrDefault(l => l.Id == visit.LocationId)?.Name ?? "",
            WallTime.Today(Clock, visit.Zone) == visit.Day, visit.StartsAt <= Clock.GetUtcNow(),
            Actor.Can("scheduling.visit.book"), Actor.Can("scheduling.visit.check-in")));
    }
}
