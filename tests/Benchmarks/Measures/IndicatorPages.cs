using System.Globalization;
using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>
/// Indicators over three years: of every place each provider's days, and the months that the host keeps beside them. The page of one indicator,
/// split by provider too, and a dashboard of all. The ceiling adds up the same days by hand in one statement, without months.
/// </summary>
public static class IndicatorPages
{
    private const int Providers = 40;
    private const string Ratio = "scheduling.utilization";
    private const string Waits = "scheduling.waits";

    public static async Task<IReadOnlyList<Row>> MeasureAsync(ServerProcess host, Site site, PracticeData data, Options options)
    {
        await using var database = site.Database(data.Database);
        await FillAsync(database);
        using var desk = await Desk.SignInAsync(host, data.Slug, "owner");
        var times = options.Small ? 20 : 60;
        return
        [
            await MeasureAsync("Indicator over three years, ratio", desk, $"/indicators/{Ratio}?period=3y", database, times),
            await MeasureAsync("The same by provider", desk, $"/indicators/{Ratio}?period=3y&by=provider", database, times),
            await MeasureAsync("Indicator over three years, distribution", desk, $"/indicators/{Waits}?period=3y", database, times),
        ];
    }

    private static async Task<Row> MeasureAsync(string name, Desk desk, string path, Npgsql.NpgsqlDataSource database, int times)
    {
        var bytes = 0;
        await Load.TimesAsync(10, async _ => bytes = await desk.GetAsync(path));
        var (ours, ceiling) = (new List<double>(), new List<double>());
        for (var i = 0; i < times; i++)
        {
            ours.AddRange(await Load.TimesAsync(1, _ => desk.GetAsync(path)));
            ceiling.AddRange(await Load.TimesAsync(1, async _ => await DaysAsync(database)));
        }

        return new($"{name}: p50 / p99, KB",
            $"{Ms(ours.Median())} / {Ms(ours.Percentile(99))}, {(bytes / 1024.0).ToString("0.0", CultureInfo.InvariantCulture)}",
            Ms(ceiling.Median()), Times(ours.RatioTo(ceiling)));
    }

    private static async Task<long> DaysAsync(Npgsql.NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand($"""
            select count(*) from (select date_trunc('month', starts) as month, sum(value) / nullif(sum(base), 0) as share from core.indicator_values
                where indicator = '{Ratio}' and grain = 'day' and starts > current_date - 1096 group by 1) m
            """);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task FillAsync(Npgsql.NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand($"""
            delete from core.indicator_values;
            insert into core.indicator_values (indicator, grain, starts, location_id, provider_id, entity_id, bucket, value, base)
                select i.indicator, 'day', d::date, l.id, md5('provider' || p)::uuid, l.entity_id,
                    b, 200 + (p * 7 + extract(doy from d)::int) % 200, 480
                from (values ('{Ratio}', null::smallint), ('{Waits}', 0), ('{Waits}', 2),
                    ('{Waits}', 3), ('{Waits}', 4), ('{Waits}', 6)) i (indicator, b)
                    cross join core.locations l cross join generate_series(1, {Providers}) p
                    cross join generate_series(current_date - interval '4 years', current_date, interval '1 day') d
                where extract(isodow from d) < 6;
            insert into core.indicator_values (indicator, grain, starts, location_id, provider_id, entity_id, bucket, value, base)
                select indicator, 'month', date_trunc('month', starts)::date, location_id, provider_id, entity_id, bucket, sum(value), sum(base)
                from core.indicator_values group by 1, 3, 4, 5, 6, 7;
            analyze core.indicator_values
            """);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
