using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Setup;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Scheduling.Flow;

/// <summary>Today's patients from expected to left, with how long they have been where they are, live at every desk.</summary>
public sealed class FlowBoard(SchedulingDb db, ISettings<SchedulingSettings> settings, IAccessLog log, ChosenLocation chosen, IPractice practice) : Slice
{
    /// <param name="Limit">Minutes after which it is too long; 0 for none.</param>
    public sealed record Column(FlowColumn Stage, string Title, int Limit, IReadOnlyList<Visit> Visits);

    /// <param name="Taken">Also by a patient whose chart is shut, of whom nothing else is here.</param>
    public sealed record RoomUse(KnownRoom Room, IReadOnlyList<Visit> In, bool Taken);

    public sealed record Model(
        Location Location, DateOnly Today, DateTimeOffset Now, int LateAfter, IReadOnlyList<Column> Columns, IReadOnlyList<RoomUse> Rooms,
        IReadOnlyList<(Guid Id, string Name)> Providers, Guid? Provider, int NoShows, int Canceled)
    {
        public int Minutes(Visit v) => (int)(Now - (v.StageSince ?? v.StartsAt)).TotalMinutes;

        public bool IsLate(Visit v) => v.Status == VisitStatus.Booked && Now >= v.StartsAt.AddMinutes(LateAfter);

        public string? RoomOf(Visit v) => v.InRoomId is { } id && v.FinishedAt is null ? Rooms.FirstOrDefault(r => r.Room.Id == id)?.Room.Name : null;
    }

    [HttpGet("/scheduling/flow")]
    [Needs(SchedulingPermissions.CheckIn)]
    public async Task<IActionResult> Get(Guid? location, Guid? provider, CancellationToken ct)
    {
        var where = location is null ? chosen.Location : practice.Locations.FirstOrDefault(l => l.Id == location && db.Reads.Sees(l.Id));
        if (where is null)
        {
            return location is null ? View("NoLocation") : NotFound();
        }

        var today = WallTime.Today(Clock, where.Zone);
        var (from, to) = WallTime.Day(today, where.Zone);
        var visits = await db.Visits.AsNoTracking().Where(v => v.LocationId == where.Id && v.StartsAt >= from && v.StartsAt < to).OrderBy(v => v.StartsAt).ThenBy(v => v.Id).ToListAsync(ct);
        var rooms = await db.Rooms.AsNoTracking().Where(r => r.LocationId == where.Id && r.Active).OrderBy(r => r.Name).ToListAsync(ct);
        var taken = await db.InRooms(where.Id).Where(v => v.StartsAt >= from && v.StartsAt < to).Select(v => v.InRoomId).ToListAsync(ct);
        var providers = visits.Select(v => (v.ProviderId, v.ProviderName)).Distinct().OrderBy(p => p.ProviderName, StringComparer.Ordinal).ToList();
        var shown = visits.Where(v => provider is null || v.ProviderId == provider).ToList();
        log.Listed([.. shown.Select(v => v.PatientId).Distinct()], "Flow board");
        var limits = await settings.GetAsync(where.Id, ct);
        return Page(new Model(where, today, Clock.GetUtcNow(), limits.LateAfterMinutes, Columns(shown, limits),
            [.. rooms.Select(r => new RoomUse(r, [.. visits.Where(v => v.InRoomId == r.Id && v.Status == VisitStatus.Arrived && v.FinishedAt is null)], taken.Contains(r.Id)))],
            providers, provider, shown.Count(v => v.Status == VisitStatus.NoShow), shown.Count(v => v.Status == VisitStatus.Canceled)));
    }

    private static List<Column> Columns(List<Visit> visits, SchedulingSettings limits)
    {
        IReadOnlyList<Visit> Here(Stage stage) => [.. visits.Where(v => v.Status == VisitStatus.Arrived && v.Stage == stage).OrderBy(v => v.StageSince)];
        return
        [
            new(FlowColumn.Expected, "Expected", 0, [.. visits.Where(v => v.Status == VisitStatus.Booked)]),
            new(FlowColumn.Waiting, "Waiting", limits.WaitLimit, Here(Stage.Waiting)),
            new(FlowColumn.Roomed, "In a room", limits.RoomLimit, Here(Stage.Roomed)),
            new(FlowColumn.WithProvider, "With provider", limits.ProviderLimit, Here(Stage.WithProvider)),
            new(FlowColumn.CheckOut, "Check-out", limits.CheckOutLimit, Here(Stage.CheckOut)),
            new(FlowColumn.Left, "Left", 0, [.. visits.Where(v => v.Status is VisitStatus.CheckedOut or VisitStatus.NoShow).OrderByDescending(v => v.CheckedOutAt ?? v.EndedAt)]),
        ];
    }
}

/// <summary>From expected to left: before, at and after the stages of a patient who is here.</summary>
public enum FlowColumn
{
    Expected,
    Waiting,
    Roomed,
    WithProvider,
    CheckOut,
    Left,
}
