using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Facts.Messages;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Tests.Bus;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Postgres;

/// <summary>The primary is lost in the middle of work and its standby promoted by hand.</summary>
public sealed class FailoverTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_host_comes_back_by_itself_within_ten_seconds_and_nothing_that_was_acknowledged_is_lost()
    {
        await using var server = await ReplicatedServer.StartAsync();
        var data = Directory.CreateTempSubdirectory("modular-failover-");
        await using var host = await TestHost.StartAsync(
            builder => builder.Services.AddSingleton(BusHost.Quick),
            options: o => o with { Connection = server.ConnectionString, ModulesDirectory = BusHost.PluginsFolder(), DataDirectory = data.FullName });
        using var ends = new CancellationTokenSource();
        var acknowledged = new List<int>();
        var writing = Task.Run(() => WriteAsync(host, acknowledged, ends.Token), TestContext.Current.CancellationToken);
        await UntilAsync(() => Task.FromResult(Count(acknowledged) >= 40), TimeSpan.FromSeconds(60));

        await server.LosePrimaryAsync();
        await server.PromoteStandbyAsync();
        var (promoted, before) = (Stopwatch.GetTimestamp(), Count(acknowledged));
        using var client = host.Client(host.North);
        await UntilAsync(async () => Count(acknowledged) > before && (await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK
            && (await client.GetAsync("/account/sign-in")).StatusCode == HttpStatusCode.OK && await HearsAsync(host), Bound);
        var took = Stopwatch.GetElapsedTime(promoted);

        await UntilAsync(() => Task.FromResult(Count(acknowledged) >= before + 20), TimeSpan.FromSeconds(60));
        await ends.CancelAsync();
        await writing;
        Assert.True(took < Bound, $"It took {took.TotalSeconds:0.0} s.");
        await host.North.UntilAsync($"select count(*) from facts.facts where number = any('{{{string.Join(',', acknowledged)}}}')", (long)acknowledged.Count, seconds: 60);
        await host.North.UntilAsync("select count(*) from facts.facts f where not exists (select from counting.projection p where p.number = f.number)", 0L, seconds: 60);

        var file = Path.Combine(data.FullName, "backup");
        await Backup.DumpAsync(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = host.North.Row.DatabaseName }, file, default);
        Assert.True(new FileInfo(file).Length > 0);
    }

    /// <summary>What another host tells arrives: this one takes up and confirms.</summary>
    private static async Task<bool> HearsAsync(TestHost host)
    {
        var gate = await host.Services.GetRequiredService<Catalogue>().RaiseGateAsync(host.North.Id, default);
        var node = host.Services.GetRequiredService<NodeService>().NodeId;
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1))
        {
            if ((await host.Services.GetRequiredService<NodeGates>().BehindAsync(node, host.North.Id, gate, TimeSpan.FromSeconds(30), default)).Count == 0)
            {
                return true;
            }

            await TickAsync();
        }

        return false;
    }

    private static async Task WriteAsync(TestHost host, List<int> acknowledged, CancellationToken end)
    {
        for (var number = 1; !end.IsCancellationRequested; number++)
        {
            try
            {
                // One in twenty is poison to the listener; here none is.
                await host.PublishAsync(host.North, new NoteFact(number % 20 == 0 ? -number - 1 : number, "kept"));
                lock (acknowledged)
                {
                    acknowledged.Add(number % 20 == 0 ? -number - 1 : number);
                }
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // The server is away. Whether this one arrived nobody was told.
            }

            await TickAsync();
        }
    }

    private static int Count(List<int> acknowledged)
    {
        lock (acknowledged)
        {
            return acknowledged.Count;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan bound)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // Not back yet.
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < bound, $"It did not happen within {bound.TotalSeconds} s.");
            await TickAsync();
        }
    }

    private static async Task TickAsync()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        await tick.WaitForNextTickAsync();
    }
}
