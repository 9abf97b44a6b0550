using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Bus;

/// <summary>
/// A module is turned off and on and filled anew in any order, on two hosts of which one is killed now and then: in the middle of an act,
/// right after its answer, or while the other acts. Whatever the order: the act that was answered last is what is true in the end, within
/// bounded time. MODULAR_ENABLING_SEQUENCES raises the stakes from ten sequences (a hundred take about twenty minutes), MODULAR_SEED names others.
/// </summary>
public sealed class EnablingSequenceTests : IDisposable
{
    private static readonly int Sequences = Setting("MODULAR_ENABLING_SEQUENCES", 10);
    private static readonly int Seed = Setting("MODULAR_SEED", 20261129);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly NodeProcess?[] hosts = new NodeProcess?[2];
    private readonly string data = Directory.CreateTempSubdirectory("modular-acts-").FullName;
    private readonly Random random = new(Seed);
    private readonly List<string> story = [];

    [Fact]
    public async Task Whatever_the_order_of_acts_and_kills_the_act_answered_last_is_what_is_true()
    {
        var connection = await TestServer.ConnectionAsync();
        string catalogue, database;
        await using (var maker = await TestHost.StartAsync(options: o => o with { ModulesDirectory = BusHost.PluginsFolder(), DataDirectory = data }))
        {
            (catalogue, database) = (maker.Catalogue, maker.North.Row.DatabaseName);
        }

        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Database = database, Pooling = false });
        await using var nodes = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Database = catalogue, Pooling = false });
        var subscriptions = await AskAsync<long>(source, "select count(*) from bus.subscriptions where module = 'counting'");
        for (var sequence = 1; sequence <= Sequences; sequence++)
        {
            story.Clear();
            for (var act = random.Next(3, 7); act > 0; act--)
            {
                await ActAsync(connection, catalogue, random.Next(3) switch { 0 => "off", 1 => "on", _ => "rebuild" }, Sometimes(45));
            }

            await AssertSettlesAsync(connection, catalogue, source, nodes, subscriptions, $"sequence {sequence} of seed {Seed}");
        }
    }

    public void Dispose()
    {
        foreach (var host in hosts)
        {
            host?.Dispose();
        }

        Directory.Delete(data, recursive: true);
    }

    /// <summary>One act on one of the hosts, with facts noted before it, and a kill before or after its answer or of the other host.</summary>
    private async Task<string?> ActAsync(string connection, string catalogue, string act, bool kill)
    {
        var which = random.Next(2);
        var host = await HostAsync(connection, catalogue, which);
        for (var note = random.Next(4); note > 0; note--)
        {
            // One fact in twenty is poison to this module; here none is.
            await host.AskAsync($"note {20 * random.Next(40) + random.Next(1, 20)} {Guid.NewGuid():N}");
        }

        var answering = host.AskAsync($"{act} counting");
        var victim = kill ? random.Next(3) : -1;
        if (victim == 0)
        {
            await MomentAsync(random.Next(60));
            host.Kill();
        }
        else if (victim == 1)
        {
            hosts[1 - which]?.Kill();
        }

        var answer = await answering.WaitAsync(Bound);
        story.Add($"{act} on host {which}: {answer ?? "killed"}{(victim == 1 ? ", the other killed" : victim == 2 ? ", killed then" : "")}");
        Assert.False(answer?.StartsWith("failed", StringComparison.Ordinal) ?? false, Story());
        if (victim == 2)
        {
            host.Kill();
        }

        return answer;
    }

    /// <summary>The last act is answered, and perhaps that was the last that its host did.</summary>
    private async Task AssertSettlesAsync(string connection, string catalogue, NpgsqlDataSource source, NpgsqlDataSource nodes, long subscriptions, string name)
    {
        var last = Sometimes(70) ? "on" : "off";
        Assert.True(await ActAsync(connection, catalogue, last, kill: false) is "done" or "refused: Counting is already on.", $"{name}: the last act was refused. {Story()}");

        if (Sometimes(50))
        {
            hosts[random.Next(2)]?.Kill();
        }

        if (!hosts.Any(h => h is { IsAlive: true }))
        {
            await HostAsync(connection, catalogue, random.Next(2));
        }

        var settled = last == "on" ? $"""
            select exists (select from core.modules where module = 'counting' and state = 'on')
                and not exists (select from bus.inbox where module = 'counting' and status = 'parked')
                and not exists (select from bus.inbox where status in ('incoming', 'scheduled') and queue <> 'core.job-due')
                and (select count(*) from bus.subscriptions where module = 'counting') = {subscriptions}
                and not exists ((select number, version, text from facts.facts except select number, version, text from counting.projection)
                    union all (select number, version, text from counting.projection except select number, version, text from facts.facts))
            """ : """
            select exists (select from core.modules where module = 'counting' and state = 'off')
                and not exists (select from bus.inbox where module = 'counting' and status in ('incoming', 'scheduled'))
                and not exists (select from bus.subscriptions where module = 'counting')
            """;
        await UntilAsync(async () => await AskAsync<bool>(source, settled), async () =>
            $"{name} is not settled: {await AskAsync<string>(source, Why)}; {await AskAsync<string>(nodes, Who)}. {Story()}");
        foreach (var host in hosts.Where(h => h is { IsAlive: true }))
        {
            await UntilAsync(async () => await host!.AskAsync("state counting") == last, async () => $"{name}: a host serves {await host!.AskAsync("state counting")}. {Story()}");
        }

        Assert.Equal(0L, await AskAsync<long>(source, "select count(*) from bus.dead_letters"));
    }

    private const string Why = """
        select (select state || coalesce(': ' || reason, '') from core.modules where module = 'counting') || '; ' ||
            (select count(*) from bus.subscriptions where module = 'counting') || ' subscriptions; ' ||
            (select count(*) from facts.facts) || ' facts, ' || (select count(*) from counting.projection) || ' projected; ' ||
            coalesce((select string_agg(format('%s %s of %s owned by %s', n, status, queue, owner_node), ', ')
                from (select status, queue, owner_node, count(*) n from bus.inbox where status <> 'handled' group by 1, 2, 3) x), 'nothing waits')
        """;

    private const string Who = """
        select 'hosts ' || coalesce(string_agg(format('%s heard of %s s ago%s', id, round(extract(epoch from now() - heartbeat_at)),
            case when exists (select from pg_locks where locktype = 'advisory' and objid::int = nodes.id) then ' listens' else '' end), ', '), 'none') from nodes
        """;

    private async Task<NodeProcess> HostAsync(string connection, string catalogue, int which)
    {
        if (hosts[which] is { IsAlive: true } alive)
        {
            return alive;
        }

        hosts[which]?.Dispose();
        return hosts[which] = await NodeProcess.StartAsync(connection, catalogue, data, "acts");
    }

    private bool Sometimes(int inHundred) => random.Next(100) < inHundred;

    private static async Task MomentAsync(int milliseconds)
    {
        using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(milliseconds + 1));
        await moment.WaitForNextTickAsync();
    }

    private string Story() => $"What happened: {string.Join("; ", story)}.";

    private static async Task UntilAsync(Func<Task<bool>> condition, Func<Task<string>> otherwise)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > Bound)
            {
                Assert.Fail(await otherwise());
            }

            await MomentAsync(100);
        }
    }

    private static async Task<T> AskAsync<T>(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
