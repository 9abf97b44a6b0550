using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>The job of every hour: today, and what rows touched of the days before.</summary>
[Message("core.count-due-indicators.v1", OneHandler = true)]
public sealed record CountDueIndicators;

/// <summary>The job of every night: the last month whole, since hours and closures are corrected late and touch many days.</summary>
[Message("core.count-recent-indicators.v1", OneHandler = true)]
public sealed record CountRecentIndicators;

public sealed class CountDueIndicatorsHandler(Work work, KnownIndicators known, TimeProvider clock)
{
    private const int Recent = 31;

    public async Task<OutgoingMessages> HandleAsync(CountDueIndicators message, CancellationToken ct)
    {
        var sources = known.Sources;
        await using var write = await work.BeginAsync(null, ct);
        var due = await work.Connection.QueryAsync(
            "delete from core.indicator_due where source = any($1) returning source, location_id, day", [sources.Select(s => s.Name).ToArray()],
            r => (Source: r.GetString(0), Place: r.GuidOrNull(1), Day: r.GetFieldValue<DateOnly>(2)), ct);
        await write.CommitAsync(ct);
        var asked = new OutgoingMessages();
        foreach (var month in due.GroupBy(d => (d.Source, d.Place, d.Day.Year, d.Day.Month)).OrderBy(g => g.Key.Source))
        {
            // All days between the first and the last of a month: one question instead of many, and what is counted anew is no less right.
            asked.Publish(new CountIndicators(month.Key.Source, month.Key.Place, month.Min(d => d.Day), month.Max(d => d.Day)), new(Bulk: true));
        }

        return Back(asked, sources, 0);
    }

    public OutgoingMessages Handle(CountRecentIndicators message) =>
        Back([], [.. known.Sources.Where(s => s.CountsPast)], Recent);

    private OutgoingMessages Back(OutgoingMessages asked, IEnumerable<KnownSource> sources, int days)
    {
        foreach (var (source, place) in sources.SelectMany(s => known.PlacesOf(s), (s, place) => (s, place)))
        {
            var today = WallTime.Today(clock, known.ZoneOf(place));
            asked.Publish(new CountIndicators(source.Name, place?.Id, today.AddDays(-days), today), new(Bulk: true));
        }

        return asked;
    }
}
