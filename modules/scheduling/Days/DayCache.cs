using System.Collections.Concurrent;
using Modular.Scheduling.FreeTime;
using Modular.Sdk;
using Npgsql;

namespace Modular.Scheduling.Days;

/// <summary>Everything a day list is made of, without reading it: another mark, another list.</summary>
/// <param name="Setup">Counts changes of hours, closures, providers and rooms.</param>
/// <param name="Visits">How many visits, and <paramref name="Rows"/> which state of them.</param>
/// <param name="Minute">What is late and what is still free moves with the clock.</param>
public sealed record DayMark(Location Location, DateOnly Date, long Setup, long Visits, long Rows, DateTimeOffset Minute, int Step);

/// <summary>
/// The day lists last read, each with its mark. Forty desks look at one day, and most looks come between two changes of it.
/// Never an authority: whoever takes a list asked the database for the mark first.
/// </summary>
public sealed class DayCache
{
    private const int MostKept = 100;

    // A row that was written anew, by whatever statement, has another xmin: nothing needs to be kept up beside the visits.
    // "= any(array(…))" as in ScheduleReader, whose visits these are.
    private const string Mark = """
        select (select number from scheduling.setup_mark), count(*), coalesce(bit_xor(uuid_hash_extended(v.id, v.xmin::text::bigint)), 0)
        from scheduling.visits v
        where v.starts_at >= $2 and v.starts_at < $3 and (v.location_id = $1 or v.provider_id = any(array(
            select provider_id from scheduling.bookability where location_id = $1 and active)))
        """;

    private readonly ConcurrentDictionary<(Guid Practice, Guid Location, DateOnly Date), (DayMark Mark, DayList List)> kept = new();

    public static async Task<DayMark> MarkAsync(NpgsqlConnection connection, Location location, DateOnly date, DateTimeOffset minute, int step, CancellationToken ct)
    {
        var (from, to) = ScheduleReader.Reach(location, date, date);
        await using var command = new NpgsqlCommand(Mark, connection) { Parameters = { new() { Value = location.Id }, new() { Value = from }, new() { Value = to } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new(location, date, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), minute, step);
    }

    public DayList? Find(Guid practice, DayMark mark) =>
        kept.TryGetValue((practice, mark.Location.Id, mark.Date), out var last) && last.Mark == mark ? last.List : null;

    public void Keep(Guid practice, DayList list)
    {
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[(practice, list.Location.Id, list.Date)] = (list.Mark, list);
    }
}
