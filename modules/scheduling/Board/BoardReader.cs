using Modular.Scheduling.FreeTime;
using Modular.Sdk;

namespace Modular.Scheduling.Board;

/// <summary>A day of a location as columns of providers or rooms.</summary>
public sealed record BoardDay(Location Location, DateOnly Date, string By, BoardGrid Grid, IReadOnlyList<BoardColumn> Columns, IReadOnlyList<BoardVisit> Visits);

/// <summary>Reads the board in one round trip, the same facts as the search and the day list.</summary>
public sealed class BoardReader(ScheduleReader schedule, IPatientAccess patients, ISettings<SchedulingSettings> settings, TimeProvider clock)
{
    public const string Rooms = "rooms";

    public async Task<BoardDay> ReadAsync(Location location, DateOnly date, string? by, CancellationToken ct)
    {
        var (availability, all) = await schedule.ReadAsync(location, date, date, BoardVisit.Query(location, date), BoardVisit.Read, ct);
        var visits = all.Select(v => patients.IsShut(v.PatientId) ? v.TimeAlone() : v).ToList();
        var step = (await settings.GetAsync(location.Id, ct)).StepMinutes;
        var providers = availability.Facts.Providers
            .Concat(visits.Select(v => new Bookable(v.ProviderId, v.ProviderName))).DistinctBy(p => p.Id).OrderBy(p => p.Name, StringComparer.Ordinal).ToList();
        var grid = BoardGrid.Around(location.Zone, date, visits.Select(v => new Interval(v.Start, v.End)).Concat(providers.SelectMany(p => availability.Windows(p.Id, date))));
        var columns = by == Rooms ? ByRoom(grid, availability.Facts, visits) : ByProvider(grid, availability, providers, visits, date, step);
        return new(location, date, by == Rooms ? Rooms : "providers", grid, [.. columns], visits);
    }

    private IEnumerable<BoardColumn> ByProvider(BoardGrid grid, Availability availability, List<Bookable> providers, IReadOnlyList<BoardVisit> visits, DateOnly date, int step)
    {
        var of = visits.ToLookup(v => v.ProviderId);
        return from p in providers
               where of.Contains(p.Id) || availability.Windows(p.Id, date).Count > 0 || availability.Marked(p.Id, date).Any()
               select grid.Column(p.Id, p.Name, Said.Many(of[p.Id].Count(), "visit"), [.. of[p.Id]], grid.Stretches(availability, p.Id, clock.GetUtcNow(), step));
    }

    private static IEnumerable<BoardColumn> ByRoom(BoardGrid grid, ScheduleFacts facts, IReadOnlyList<BoardVisit> visits)
    {
        var of = visits.ToLookup(v => v.RoomId);
        var rooms = facts.Rooms.Select(r => grid.Column(r.Id, r.Name, Said.Many(of[r.Id].Count(), "visit"), [.. of[r.Id]], []));
        var known = facts.Rooms.Select(r => (Guid?)r.Id).ToHashSet();
        var without = visits.Where(v => !known.Contains(v.RoomId)).ToList();
        return rooms.Append(grid.Column(Guid.Empty, "No room", Said.Many(without.Count, "visit"), without, []));
    }
}
