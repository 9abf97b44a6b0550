using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Modular.Host.Postgres;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Bus;

/// <summary>
/// What the bus owes: hosts killed at random moments, and the server restarted, while messages are published and handled.
/// Effects equal messages: none lost, none twice, none out of the order of its key. Each fact is six messages, one in twenty of them with poison
/// on its second level, so that 200 facts are 1,200. MODULAR_KILLS, MODULAR_FACTS and MODULAR_SILENCE (of a host, in seconds) raise the stakes; the
/// benchmarks' proofs do.
/// </summary>
public sealed class KillTests : IDisposable
{
    private static readonly int Kills = Setting("MODULAR_KILLS", 6);
    private static readonly int Facts = Setting("MODULAR_FACTS", 400);
    private static readonly int Bound = 120 + (Facts / 10);

    private readonly List<NodeProcess> processes = [];
    private readonly string data = Directory.CreateTempSubdirectory("modular-kill-").FullName;
    private readonly Random random = new(20261121);

    [Fact]
    public async Task One_host_killed_again_and_again_loses_nothing_and_does_nothing_twice()
    {
        var connection = await TestServer.ConnectionAsync();
        var (catalogue, database) = await PrepareAsync(connection);
        for (var kill = 0; kill < Kills / 2; kill++)
        {
            var node = await StartAsync(connection, catalogue, 0, Facts);
            await MomentAsync();
            node.Kill();
        }

        await StartAsync(connection, catalogue, 0, Facts);
        await AssertNothingLostNothingTwiceAsync(connection, database, Facts);
    }

    [Fact]
    public async Task Of_two_hosts_the_one_left_takes_over_what_the_killed_one_held()
    {
        var connection = await TestServer.ConnectionAsync();
        var (catalogue, database) = await PrepareAsync(connection);
        var half = Facts / 4;
        var nodes = new[] { await StartAsync(connection, catalogue, 0, half), await StartAsync(connection, catalogue, half, half) };
        for (var kill = 0; kill < Kills / 2; kill++)
        {
            await MomentAsync();
            var which = kill % 2;
            nodes[which].Kill();
            nodes[which] = await StartAsync(connection, catalogue, which * half, half);
        }

        // Nobody starts any more after the last kill: the one that is left has to notice by itself.
        await MomentAsync();
        nodes[0].Kill();
        await StartAsync(connection, catalogue, 0, 2 * half);
        await MomentAsync();
        nodes[1].Kill();
        await AssertNothingLostNothingTwiceAsync(connection, database, 2 * half);
    }

    [Fact]
    public async Task A_server_that_restarts_in_the_middle_loses_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("modular-restart-");
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        var settings = new EmbeddedPostgresOptions { ThrowAway = false };
        var cluster = await EmbeddedPostgres.StartAsync(folder.FullName, settings, NullLogger.Instance, default);
        try
        {
            var connection = cluster.ConnectionString("postgres").ConnectionString;
            var (catalogue, database) = await PrepareAsync(connection);
            await StartAsync(connection, catalogue, 0, Facts / 4);
            for (var restart = 0; restart < 2; restart++)
            {
                await MomentAsync();
                await cluster.DisposeAsync();
                cluster = await EmbeddedPostgres.StartAsync(folder.FullName, settings, NullLogger.Instance, default);
            }

            await AssertNothingLostNothingTwiceAsync(connection, database, Facts / 4);
        }
        finally
        {
            Dispose();
            await cluster.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_host_that_was_paused_while_another_took_over_does_nothing_twice_when_it_goes_on()
    {
        var connection = await TestServer.ConnectionAsync();
        var (catalogue, database) = await PrepareAsync(connection);
        var paused = await StartAsync(connection, catalogue, 0, Facts / 2);
        await StartAsync(connection, catalogue, Facts, Facts / 2);
        await MomentAsync();
        await paused.SignalAsync("STOP");
        // Until whatever it held was handled by the other one, which takes it for dead when its lock is gone or after three seconds without a sign;
        // but for the rows of a batch in the middle of which it stands.
        await using (var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Database = database, Pooling = false }))
        {
            await UntilAsync(source, $"""
                select not exists (select from (select 1 from bus.wolverine_incoming_envelopes where status = 'Incoming' limit 1 for update skip locked) as free)
                    and (select count(*) from facts.facts where number >= {Facts}) = {Facts / 2}
                """);
        }

        await paused.SignalAsync("CONT");
        await AssertNothingLostNothingTwiceAsync(connection, database, Facts);
    }

    [Fact]
    public async Task A_host_loads_no_compiler()
    {
        var connection = await TestServer.ConnectionAsync();
        var (catalogue, _) = await PrepareAsync(connection);
        var node = await StartAsync(connection, catalogue, 0, 20);

        Assert.Equal("published", await node.ReadAsync());
        Assert.Equal("compilers loaded: 0", await node.ReadAsync());
    }

    public void Dispose()
    {
        foreach (var process in processes)
        {
            process.Dispose();
        }

        processes.Clear();
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private async Task<(string Catalogue, string Database)> PrepareAsync(string connection)
    {
        await using var host = await TestHost.StartAsync(options: o => o with { Connection = connection, ModulesDirectory = BusHost.PluginsFolder(), DataDirectory = data });
        return (host.Catalogue, host.North.Row.DatabaseName);
    }

    private async Task<NodeProcess> StartAsync(string connection, string catalogue, int first, int count)
    {
        var process = await NodeProcess.StartAsync(connection, catalogue, data, $"{first}", $"{count}");
        processes.Add(process);
        return process;
    }

    /// <summary>Long enough for something to be in the middle of anything, different each time.</summary>
    private async Task MomentAsync()
    {
        using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(20, 900)));
        await moment.WaitForNextTickAsync();
    }

    private static async Task AssertNothingLostNothingTwiceAsync(string connection, string database, int facts)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Database = database, Pooling = false });
        var poison = facts / 20;
        await UntilAsync(source, $"""
            select (select count(*) from facts.facts) = {facts} and (select count(*) from bus.dead_letters) >= {poison}
                and not exists (select from bus.wolverine_incoming_envelopes where status <> 'Handled' and received_at <> 'local://core.job-due/')
            """);
        Assert.Equal("none", await FirstAsync(source, """
            select coalesce((select 'first ' || number from counting.firsts group by number having count(*) > 1 limit 1),
                (select 'second ' || number from counting.seconds group by number having count(*) > 1 limit 1),
                (select 'third ' || number from counting.thirds group by number having count(*) > 1 limit 1),
                (select 'call ' || number from counting.calls group by number having count(distinct envelope) > 1 limit 1),
                (select 'step out of order ' || walk || ' ' || step from (select walk, step, lag(step) over (partition by walk order by nr) as before from counting.steps) s where before >= step limit 1),
                (select 'step lost ' || number from facts.facts f where not exists (select from counting.steps c where c.step = f.number) limit 1),
                (select 'lost ' || number from facts.facts f where not exists (select from counting.firsts c where c.number = f.number) limit 1),
                (select 'call lost ' || number from facts.facts f where not exists (select from counting.calls c where c.number = f.number) limit 1),
                (select 'not projected ' || number from facts.facts f where not exists (select from counting.projection c where c.number = f.number) limit 1),
                'none')
            """));
        var good = (long)(facts - poison);
        Assert.Equal($"{facts} firsts, {good} seconds, {good} thirds, {poison} dead", await FirstAsync(source, """
            select format('%s firsts, %s seconds, %s thirds, %s dead', (select count(*) from counting.firsts), (select count(*) from counting.seconds),
                (select count(*) from counting.thirds), (select count(*) from bus.dead_letters))
            """));
    }

    private static async Task UntilAsync(NpgsqlDataSource source, string sql)
    {
        var end = Stopwatch.GetTimestamp() + Bound * Stopwatch.Frequency;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await tick.WaitForNextTickAsync() && Stopwatch.GetTimestamp() < end)
        {
            await using var command = source.CreateCommand(sql);
            if (await command.ExecuteScalarAsync() is true)
            {
                return;
            }
        }

        Assert.Fail("Still open: " + await FirstAsync(source, """
            select (select count(*) from facts.facts) || ' facts, ' || coalesce((select string_agg(format('%s %s of %s owned by %s (%s attempts)', n, status, received_at, owner_id, attempts), '; ')
                from (select status, received_at, owner_id, attempts, count(*) n from bus.wolverine_incoming_envelopes where status <> 'Handled' group by 1, 2, 3, 4 limit 20) x), 'nothing waits')
            """));
    }

    private static async Task<string> FirstAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
