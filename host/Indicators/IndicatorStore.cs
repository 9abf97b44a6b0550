using System.Text.Json;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Indicators;

/// <summary>Replaces days whole, and the months that they are in, in one transaction.</summary>
public sealed class IndicatorStore(Work work) : IIndicators
{
    private const string Columns = "indicator, grain, starts, location_id, provider_id, entity_id, first_by, second_by, bucket, value, base";

    /// <summary>One row that says that the day was counted stands for a day without any.</summary>
    private sealed record Row(
        string Indicator, DateOnly Starts, Guid? Provider, Guid? Entity, string? First, string? Second, int? Bucket, decimal Value, decimal Base);

    public async Task KeepAsync(IReadOnlyList<Indicator> indicators, IndicatorDays days, CancellationToken ct = default)
    {
        await using var write = await work.BeginAsync(null, ct);
        await write.LockAsync(indicators.Select(i => $"indicator {i.Key} {days.Location?.Id}"), ct);
        await PutAsync(indicators, days, days.To, ct);
        await write.CommitAsync(ct);
    }

    /// <summary>The same inside a write that holds the lock.</summary>
    /// <param name="until">The last day that is kept: no day to come has been counted.</param>
    public async Task PutAsync(IReadOnlyList<Indicator> indicators, IndicatorDays days, DateOnly until, CancellationToken ct)
    {
        var to = until < days.To ? until : days.To;
        if (indicators.Count == 0 || to < days.From)
        {
            return;
        }

        string[] keys = [.. indicators.Select(i => i.Key)];
        var place = Sql.Uuid(days.Location?.Id);
        await work.Connection.ExecuteAsync("""
            delete from core.indicator_values
            where indicator = any($1) and grain = 'day' and starts between $3 and $4 and location_id is not distinct from $2
            """, [keys, place, days.From, to], ct);
        await InsertAsync(place, Rows(indicators, days, to), ct);
        await MonthsAsync(keys, [.. indicators.Where(i => i.Shape == IndicatorShape.Snapshot).Select(i => i.Key)], place, days.From, to, ct);
    }

    private static IEnumerable<Row> Rows(IReadOnlyList<Indicator> indicators, IndicatorDays days, DateOnly to)
    {
        var kept = days.Facts.Where(f => f.Day <= to && indicators.Contains(f.Indicator)).ToList();
        var counted = kept.Select(f => (f.Indicator, f.Day)).ToHashSet();
        var nothing = from indicator in indicators
                      from offset in Enumerable.Range(0, to.DayNumber - days.From.DayNumber + 1)
                      let day = days.From.AddDays(offset)
                      where !counted.Contains((indicator, day))
                      select new Row(indicator.Key, day, null, null, null, null, null, 0, 0);
        return kept.GroupBy(f => (f.Indicator.Key, f.Day, f.Provider, f.Entity, f.First, f.Second, f.Bucket))
            .Select(g => new Row(g.Key.Key, g.Key.Day, g.Key.Provider, g.Key.Entity, g.Key.First, g.Key.Second, g.Key.Bucket,
                g.Sum(f => f.Value), g.Sum(f => f.Base)))
            .Concat(nothing);
    }

    private Task InsertAsync(NpgsqlParameter place, IEnumerable<Row> rows, CancellationToken ct) => work.Connection.ExecuteAsync($"""
        insert into core.indicator_values ({Columns})
        select r."Indicator", 'day', r."Starts", $2, r."Provider", coalesce(r."Entity", (select l.entity_id from core.locations l where l.id = $2)),
            r."First", r."Second", r."Bucket", sum(r."Value"), sum(r."Base")
        from jsonb_to_recordset($1) r ("Indicator" text, "Starts" date, "Provider" uuid, "Entity" uuid, "First" text, "Second" text,
            "Bucket" smallint, "Value" numeric, "Base" numeric)
        group by 1, 3, 5, 6, 7, 8, 9
        """, [new NpgsqlParameter { Value = JsonSerializer.Serialize(rows), NpgsqlDbType = NpgsqlDbType.Jsonb }, place.Clone()], ct);

    /// <summary>A snapshot's month is its last day that was counted.</summary>
    private async Task MonthsAsync(string[] keys, string[] snapshots, NpgsqlParameter place, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var (first, behind) = (new DateOnly(from.Year, from.Month, 1), new DateOnly(to.Year, to.Month, 1).AddMonths(1));
        await work.Connection.ExecuteAsync("""
            delete from core.indicator_values
            where indicator = any($1) and grain = 'month' and starts >= $3 and starts < $4 and location_id is not distinct from $2
            """, [keys, place.Clone(), first, behind], ct);
        await work.Connection.ExecuteAsync($"""
            insert into core.indicator_values ({Columns})
            select indicator, 'month', month, location_id, provider_id, entity_id, first_by, second_by, bucket, sum(value), sum(base)
            from (
                select *, date_trunc('month', starts)::date as month, max(starts) over (partition by indicator, date_trunc('month', starts)) as latest
                from core.indicator_values
                where indicator = any($1) and grain = 'day' and starts >= $3 and starts < $4 and location_id is not distinct from $2
            ) d
            where starts = latest or not indicator = any($5)
            group by indicator, month, location_id, provider_id, entity_id, first_by, second_by, bucket
            """, [keys, place.Clone(), first, behind, snapshots], ct);
    }
}
