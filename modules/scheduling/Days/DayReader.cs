using Modular.Scheduling.Appointments;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Setup;
using Modular.Sdk;
using Npgsql;

namespace Modular.Scheduling.Days;

/// <summary>A visit as the day list shows it.</summary>
public sealed record DayVisit(
    Guid Id, int Version, Guid PatientId, Guid ProviderId, string ProviderName, string Patient, string Type, string Kind, VisitStatus Status,
    DateTimeOffset Start, DateTimeOffset End, bool Overbooked, bool LeftOpen)
{
    public bool Shut => PatientId == Guid.Empty;

    /// <summary>What a calendar shows of a shut chart: that the time is taken.</summary>
    public DayVisit TimeAlone() => this with { PatientId = Guid.Empty, Patient = Visit.Restricted, Type = "", Kind = "visit", Overbooked = false };
}

/// <summary>A row of a provider's column: a visit, or a stretch that is still free.</summary>
public sealed record DayRow(DateTimeOffset Start, DateTimeOffset End, DayVisit? Visit);

public sealed record DayColumn(Guid ProviderId, string Name, string Hours, int Visits, IReadOnlyList<DayRow> Rows);

/// <param name="Mark">What it was made of, and the minute it is true for.</param>
/// <param name="Elsewhere">Providers of the location without hours or visits that day.</param>
public sealed record DayList(DayMark Mark, IReadOnlyList<DayColumn> Columns, IReadOnlyList<Bookable> Elsewhere, IReadOnlyList<DayVisit> Visits)
{
    public Location Location => Mark.Location;

    public DateOnly Date => Mark.Date;

    public int Count(VisitStatus status) => Visits.Count(v => v.Status == status);

    /// <summary>As whoever looks may see it; the list itself is kept for all desks.</summary>
    public DayList For(IPatientAccess patients) => !Visits.Any(v => patients.IsShut(v.PatientId)) ? this : this with
    {
        Columns = [.. Columns.Select(c => c with { Rows = [.. c.Rows.Select(r => r.Visit is { } v && patients.IsShut(v.PatientId) ? r with { Visit = v.TimeAlone() } : r)] })],
        Visits = [.. Visits.Select(v => patients.IsShut(v.PatientId) ? v.TimeAlone() : v)],
    };

    /// <summary>Patients whose names it shows.</summary>
    public static Guid[] Named(IEnumerable<DayColumn> columns) =>
        [.. columns.SelectMany(c => c.Rows).Select(r => r.Visit?.PatientId ?? Guid.Empty).Where(id => id != Guid.Empty).Distinct()];

    public int Open => Columns.Sum(c => c.Rows.Count(r => r.Visit is null));
}

/// <summary>
/// Reads a day of a location, on this schema alone: whether it is still the day last read, and if not, hours, closures and visits
/// with their names in one more round trip.
/// </summary>
public sealed class DayReader(SchedulingDb db, ScheduleReader schedule, DayCache cache, IPractice practice, ISettings<SchedulingSettings> settings, TimeProvider clock)
{
    public async Task<DayList> ReadAsync(Location location, DateOnly date, CancellationToken ct)
    {
        var step = (await settings.GetAsync(location.Id, ct)).StepMinutes;
        var now = clock.GetUtcNow();
        // The mark first: what is written in between makes the next mark another one.
        var mark = await DayCache.MarkAsync(await db.Work.OpenAsync(ct), location, date, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)), step, ct);
        if (cache.Find(practice.Id, mark) is { } known)
        {
            return known;
        }

        var list = await ReadAsync(mark, ct);
        cache.Keep(practice.Id, list);
        return list;
    }

    private async Task<DayList> ReadAsync(DayMark mark, CancellationToken ct)
    {
        var (location, date) = (mark.Location, mark.Date);
        var (from, to) = WallTime.Day(date, location.Zone);
        var (availability, visits) = await schedule.ReadAsync(location, date, date, Query(location, from, to), Read, ct);
        var byProvider = visits.ToLookup(v => v.ProviderId);
        // A provider who left or is booked here no longer still shows with the visits of that day.
        var providers = availability.Facts.Providers
            .Concat(visits.Select(v => new Bookable(v.ProviderId, v.ProviderName)))
            .DistinctBy(p => p.Id).OrderBy(p => p.Name, StringComparer.Ordinal).ToList();
        var columns = providers.Select(p => Column(p, availability, [.. byProvider[p.Id]], mark)).ToList();
        return new(mark,
            [.. columns.Where(c => c.Rows.Count > 0 || c.Hours.Length > 0)],
            [.. columns.Where(c => c.Rows.Count == 0 && c.Hours.Length == 0).Select(c => new Bookable(c.ProviderId, c.Name))],
            visits);
    }

    private static DayColumn Column(Bookable provider, Availability availability, IReadOnlyList<DayVisit> visits, DayMark mark)
    {
        var (now, step) = (mark.Minute, mark.Step);
        var windows = availability.Windows(provider.Id, mark.Date);
        var busy = availability.Facts.Busy.Where(b => b.ProviderId == provider.Id).Select(b => b.During).ToList();
        // What is free is worth a row while it can still be booked.
        var open = windows.SelectMany(w => Gaps(w, busy)).Select(g => g with { From = g.From > now ? g.From : now < g.To ? now : g.To })
            .Where(g => (g.To - g.From).TotalMinutes >= step);
        var rows = visits.Select(v => new DayRow(v.Start, v.End, v)).Concat(open.Select(g => new DayRow(g.From, g.To, null))).OrderBy(r => r.Start).ToList();
        var zone = availability.Facts.Zone;
        var hours = windows.Count == 0 ? "" : $"{Clock(windows[0].From, zone)}–{Clock(windows[^1].To, zone)}";
        return new(provider.Id, provider.Name, hours, visits.Count(v => v.Status != VisitStatus.Canceled), rows);
    }

    private static IEnumerable<Interval> Gaps(Interval window, List<Interval> busy)
    {
        var from = window.From;
        foreach (var taken in busy.Where(b => b.Overlaps(window)).OrderBy(b => b.From))
        {
            if (taken.From > from)
            {
                yield return new(from, taken.From);
            }

            from = taken.To > from ? taken.To : from;
        }

        if (from < window.To)
        {
            yield return new(from, window.To);
        }
    }

    private static string Clock(DateTimeOffset instant, string zone) => WallTime.At(instant, zone).ToString("h:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static NpgsqlBatchCommand Query(Location location, DateTimeOffset from, DateTimeOffset to) => new("""
        select id, version, patient_id, provider_id, provider_name, patient_name, type_name, kind, status, starts_at, ends_at, overbooked, left_open
        from scheduling.visits where location_id = $1 and starts_at >= $2 and starts_at < $3 order by starts_at, id
        """)
    {
        Parameters = { new() { Value = location.Id }, new() { Value = from }, new() { Value = to } },
    };

    private static DayVisit Read(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetInt32(1), r.GetGuid(2), r.GetGuid(3), r.GetString(4), r.GetString(5), r.GetString(6), r.GetString(7), States.Read<VisitStatus>(r.GetString(8)),
        r.GetFieldValue<DateTimeOffset>(9), r.GetFieldValue<DateTimeOffset>(10), r.GetBoolean(11), r.GetBoolean(12));
}
