using System.Diagnostics;
using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using Npgsql;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>
/// Durable messages with a real handler: scheduling takes over a changed patient. Beside it, in turns, the host of before and the same SQL by
/// hand: a row into a table like Wolverine's, one transaction a message; then fifty a transaction the projection's upsert and the handled mark.
/// </summary>
public static class Messages
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(15);

    public const string Busy = "busy";
    public const string Quiet = "quiet";

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Site site, Site? before, PracticeData data, Options options)
    {
        await using var ours = await Side.OpenAsync(site, data);
        await using var theirs = before is null ? null : await Side.OpenAsync(before, data);
        await using var bare = await BareMessages.OpenAsync(site, data);
        return
        [
            .. await PublishAsync(ours, theirs, bare, options),
            .. await DrainAsync(ours, theirs, bare, options),
            .. await IdleAsync(ours, theirs, bare, options),
            .. await BesideAsync(ours, options.Small ? 5_000 : 100_000, options.Small ? 50 : 300),
        ];
    }

    private static async Task<IReadOnlyList<Row>> PublishAsync(Side ours, Side? theirs, BareMessages bare, Options options)
    {
        var (now, before, byHand) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < options.Rounds; round++)
        {
            foreach (var (side, rates) in Turns(round, ours, now, theirs, before))
            {
                var rate = await side.PublishAsync(options.RoundTime);
                await side.HandledAsync();
                AddAfterFirst(rates, round, rate);
            }

            AddAfterFirst(byHand, round, await bare.PublishAsync(options.RoundTime));
        }

        return Rows("Messages published, 8 publishers, one transaction each, handled at the same time", PerSecond, now, before, byHand, "bare insert", "≥ 0.9", ratio => ratio >= 0.9);
    }

    private static async Task<IReadOnlyList<Row>> DrainAsync(Side ours, Side? theirs, BareMessages bare, Options options)
    {
        var messages = options.Small ? 1_000 : 10_000;
        var (now, before, byHand) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < options.LongRounds; round++)
        {
            foreach (var (side, rates) in Turns(round, ours, now, theirs, before))
            {
                await side.ManyAsync(messages, messages);
                var watch = Stopwatch.StartNew();
                await side.HandledAsync();
                AddAfterFirst(rates, round, messages / watch.Elapsed.TotalSeconds);
            }

            AddAfterFirst(byHand, round, await bare.DrainAsync(messages));
        }

        return Rows($"Messages handled, {messages:N0} waiting", PerSecond, now, before, byHand, "same SQL by hand, 50 a transaction", "≥ 2", ratio => ratio >= 2);
    }

    private static async Task<IReadOnlyList<Row>> IdleAsync(Side ours, Side? theirs, BareMessages bare, Options options)
    {
        var times = options.Small ? 50 : 300;
        var (p50, p99) = (new Turned(), new Turned());
        for (var round = -1; round < options.LongRounds; round++)
        {
            foreach (var (side, isOurs) in Turns(round, ours, true, theirs, false))
            {
                var taken = await side.IdleAsync(times);
                AddAfterFirst(isOurs ? p50.Now : p50.Before, round, taken.Median());
                AddAfterFirst(isOurs ? p99.Now : p99.Before, round, taken.Percentile(99));
            }

            var byHand = await Load.TimesAsync(times, _ => bare.TwoCommitsAsync());
            AddAfterFirst(p50.ByHand, round, byHand.Median());
            AddAfterFirst(p99.ByHand, round, byHand.Percentile(99));
        }

        // No slower, but for what two runs of one and the same differ by.
        return
        [
            .. Rows("Publish to handled, idle, p50", Ms, p50.Now, p50.Before, p50.ByHand, "two commits by hand", "≤ 1.05", ratio => ratio <= 1.05),
            .. Rows("Publish to handled, idle, p99", Ms, p99.Now, p99.Before, p99.ByHand, "two commits by hand", "", null),
        ];
    }

    /// <summary>What another practice of the same host feels of a practice with many open messages.</summary>
    private static async Task<IReadOnlyList<Row>> BesideAsync(Side ours, int open, int times)
    {
        var alone = await ours.Driver.NumbersAsync($"idle {Quiet} {times}");
        await ours.ManyAsync(open, 1_000);
        var beside = await ours.Driver.NumbersAsync($"idle {Quiet} {times}");
        var left = await ours.OpenAsync();
        await ours.HandledAsync();
        var ratio = beside.Percentile(99) / alone.Percentile(99);
        return
        [
            new($"Publish to handled beside another practice's {open:N0} open messages, p50", Ms(beside.Median()), $"{Ms(alone.Median())} (the same, alone)", Times(beside.Median() / alone.Median())),
            new($"… p99 ({left:N0} still open at its end)", Ms(beside.Percentile(99)), $"{Ms(alone.Percentile(99))} (the same, alone)", Times(ratio), "≤ 2", ratio <= 2),
        ];
    }

    private static IReadOnlyList<Row> Rows(string what, Func<double, string> shown, List<double> now, List<double> before, List<double> byHand, string hand, string budget, Func<double, bool>? met)
    {
        var rows = new List<Row> { new(what, shown(now.Median()), $"{shown(byHand.Median())} ({hand})", Times(now.RatioTo(byHand))) };
        if (before.Count > 0)
        {
            rows.Add(new($"{what}, to before", shown(now.Median()), $"{shown(before.Median())} (before)", Times(now.RatioTo(before)), budget, met?.Invoke(now.RatioTo(before))));
        }

        return rows;
    }

    /// <summary>A B, then B A: who goes first finds the server as the other left it.</summary>
    private static IEnumerable<(Side Side, T Of)> Turns<T>(int round, Side ours, T now, Side? theirs, T before)
    {
        (Side?, T)[] turns = round % 2 == 0 ? [(ours, now), (theirs, before)] : [(theirs, before), (ours, now)];
        return turns.Where(turn => turn.Item1 is not null).Select(turn => (turn.Item1!, turn.Item2));
    }

    private static void AddAfterFirst(List<double> values, int round, double value)
    {
        if (round >= 0)
        {
            values.Add(value);
        }
    }

    private sealed class Turned
    {
        public List<double> Now { get; } = [];
        public List<double> Before { get; } = [];
        public List<double> ByHand { get; } = [];
    }

    /// <summary>One version's host, driven, and the database of the practice whose messages it handles.</summary>
    private sealed class Side(DriverProcess driver, NpgsqlDataSource database, string waits) : IAsyncDisposable
    {
        public DriverProcess Driver => driver;

        public static async Task<Side> OpenAsync(Site site, PracticeData data)
        {
            var database = site.Database(data.Database);
            await using var command = database.CreateCommand("select to_regclass('bus.wolverine_incoming_envelopes') is not null");
            // Until Wolverine came, the inbox was a table of the product's own.
            var waits = await command.ExecuteScalarAsync() is true
                ? "from bus.wolverine_incoming_envelopes where status <> 'Handled' and message_type <> 'core.job-due.v1'"
                : "from bus.inbox where status in ('incoming', 'scheduled') and alias <> 'core.job-due.v1'";
            return new(await site.DriveAsync(), database, waits);
        }

        public async Task<double> PublishAsync(TimeSpan time) => (await driver.NumbersAsync(FormattableString.Invariant($"publish {Busy} {time.TotalSeconds}")))[0];

        public Task ManyAsync(int messages, int size) => driver.AskAsync(FormattableString.Invariant($"many {Busy} {messages} {size}"));

        public Task<IReadOnlyList<double>> IdleAsync(int times) => driver.NumbersAsync($"idle {Busy} {times}");

        public async Task<long> OpenAsync()
        {
            await using var command = database.CreateCommand($"select count(*) {waits}");
            return (long)(await command.ExecuteScalarAsync())!;
        }

        /// <summary>Returns when nothing waits any more.</summary>
        public async Task HandledAsync()
        {
            var watch = Stopwatch.StartNew();
            await using var command = database.CreateCommand($"select exists (select {waits})");
            while (await command.ExecuteScalarAsync() is not false)
            {
                if (watch.Elapsed > Bound)
                {
                    throw new TimeoutException($"{await OpenAsync()} messages still wait after {Bound.TotalMinutes:0} minutes.");
                }

                await Task.Delay(10);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await driver.DisposeAsync();
            // The next run begins with the same versions.
            await using (var command = database.CreateCommand("update scheduling.patients set version = 1 where version > 1"))
            {
                await command.ExecuteNonQueryAsync();
            }

            await database.DisposeAsync();
        }
    }
}
