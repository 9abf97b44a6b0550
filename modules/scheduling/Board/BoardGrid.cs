using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Board;

/// <summary>A stretch of a column in rows of five minutes from the board's first row.</summary>
/// <param name="Lane">0 has the column to itself; from 1 on it stands beside others.</param>
public sealed record Placed(int Row, int Rows, int Lane, BoardVisit Visit);

/// <param name="Kind">off, held or free.</param>
public sealed record Stretch(int Row, int Rows, string Kind, string Words, DateTimeOffset Start);

/// <param name="Lanes">How many stand side by side at the fullest.</param>
public sealed record BoardColumn(Guid Id, string Name, string Note, int Lanes, IReadOnlyList<Placed> Visits, IReadOnlyList<Stretch> Stretches);

/// <summary>Where things stand on the board: by the clock on the wall, five minutes a row.</summary>
public sealed class BoardGrid(string zone, DateOnly date, int firstHour, int lastHour)
{
    private const int RowMinutes = 5;

    public int FirstHour => firstHour;

    public int LastHour => lastHour;

    public int Rows => (lastHour - firstHour) * 60 / RowMinutes;

    /// <summary>As wide as what happens that day, and at least eight to five.</summary>
    public static BoardGrid Around(string zone, DateOnly date, IEnumerable<Interval> all)
    {
        var (first, last) = (8, 17);
        foreach (var i in all)
        {
            var (from, to) = (WallTime.At(i.From, zone), WallTime.At(i.To, zone));
            first = Math.Min(first, DateOnly.FromDateTime(from.DateTime) == date ? from.Hour : 0);
            last = Math.Max(last, DateOnly.FromDateTime(to.DateTime) == date ? to.Hour + (to.Minute > 0 ? 1 : 0) : 24);
        }

        return new(zone, date, first, last);
    }

    public int RowOf(DateTimeOffset instant)
    {
        var wall = WallTime.At(instant, zone);
        var minutes = ((DateOnly.FromDateTime(wall.DateTime).DayNumber - date.DayNumber) * 1440) + (wall.Hour * 60) + wall.Minute - (firstHour * 60);
        return Math.Clamp(minutes / RowMinutes, 0, Rows);
    }

    public BoardColumn Column(Guid id, string name, string note, IReadOnlyList<BoardVisit> visits, IReadOnlyList<Stretch> stretches)
    {
        var placed = new List<Placed>();
        var (lanes, cluster, clusterEnd) = (1, new List<Placed>(), -1);
        foreach (var v in visits)
        {
            var row = Math.Min(RowOf(v.Start), Rows - 1);
            var rows = Math.Clamp((int)Math.Ceiling((v.End - v.Start).TotalMinutes / RowMinutes), 1, 96);
            if (row >= clusterEnd)
            {
                placed.AddRange(Settled(cluster));
                cluster = [];
            }

            var lane = Enumerable.Range(1, 6).FirstOrDefault(l => cluster.Where(c => c.Lane == l).All(c => c.Row + c.Rows <= row), 6);
            cluster.Add(new(row, rows, lane, v));
            (clusterEnd, lanes) = (Math.Max(clusterEnd, row + rows), Math.Max(lanes, lane));
        }

        placed.AddRange(Settled(cluster));
        return new(id, name, note, lanes, placed, stretches);
    }

    /// <summary>What a provider's hours, leave and holds leave: closed, kept, and free to book.</summary>
    public IReadOnlyList<Stretch> Stretches(Availability availability, Guid provider, DateTimeOffset now, int step)
    {
        var windows = availability.Windows(provider, date);
        var day = Span(WallTime.Instant(date, new(firstHour % 24, 0), zone), lastHour == 24 ? WallTime.Day(date, zone).To : WallTime.Instant(date, new(lastHour, 0), zone));
        var marked = availability.Marked(provider, date).ToList();
        var off = Less([day], windows).Select(i => Make(i, "off", marked.FirstOrDefault(m => m.Why.Kind != ScheduleException.Held && m.During.Overlaps(i)).Why?.Reason ?? ""));
        var held = marked.Where(m => m.Why.Kind == ScheduleException.Held).Select(m => Make(m.During, "held", $"Held: {m.Why.Reason}"));
        var free = Less(windows, [.. availability.Facts.Busy.Where(b => b.ProviderId == provider).Select(b => b.During)])
            .Select(i => i with { From = i.From > now ? i.From : now < i.To ? Next(now, step) : i.To })
            .Where(i => (i.To - i.From).TotalMinutes >= step)
            .Select(i => Make(i, "free", $"{(int)(i.To - i.From).TotalMinutes} min free"));
        return [.. off.Concat(held).Concat(free).Where(s => s.Rows > 0)];
    }

    private static DateTimeOffset Next(DateTimeOffset now, int step) => new(((now.UtcTicks / TimeSpan.TicksPerMinute / step) + 1) * step * TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private Stretch Make(Interval i, string kind, string words)
    {
        var row = RowOf(i.From);
        return new(row, Math.Min(RowOf(i.To), Rows) - row, kind, words, i.From);
    }

    private static Interval Span(DateTimeOffset from, DateTimeOffset to) => new(from, to);

    private static IEnumerable<Placed> Settled(List<Placed> cluster) => cluster.Max(c => (int?)c.Lane) > 1 ? cluster : cluster.Select(c => c with { Lane = 0 });

    private static IEnumerable<Interval> Less(IEnumerable<Interval> from, IReadOnlyList<Interval> taken)
    {
        foreach (var window in from)
        {
            var at = window.From;
            foreach (var busy in taken.Where(b => b.Overlaps(window)).OrderBy(b => b.From))
            {
                if (busy.From > at)
                {
                    yield return new(at, busy.From);
                }

                at = busy.To > at ? busy.To : at;
            }

            if (at < window.To)
            {
                yield return new(at, window.To);
            }
        }
    }
}
