using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Modular.Host.Postgres;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Postgres;

/// <summary>Two processes work on one data folder: whichever ends first, the other goes on.</summary>
public sealed class JoinedClusterTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly TestFolder folder = new();

    [Fact]
    public async Task A_host_that_joined_runs_the_database_on_when_the_process_that_ran_it_ends()
    {
        var first = await StartAsync();
        await using var joined = new JoinedCluster(folder["postgres"], NullLogger.Instance);
        joined.Keep();
        await using var host = await TestHost.StartAsync(options: o => o with { Connection = Running(), Joined = joined, DataDirectory = folder["data"] });
        using var manager = await host.SignInAsync(host.North, Roles.Manager);

        await first.DisposeAsync();

        await UntilAsync(async () => (await manager.GetAsync("/admin/jobs")).StatusCode == HttpStatusCode.OK);
        Assert.Equal("North Clinic", await host.North.AskAsync<string>("select name from core.profile"));
    }

    [Fact]
    public async Task Of_two_that_joined_one_runs_it_on_and_the_other_stays_joined()
    {
        var first = await StartAsync();
        await using var second = new JoinedCluster(folder["postgres"], NullLogger.Instance);
        await using var third = new JoinedCluster(folder["postgres"], NullLogger.Instance);
        second.Keep();
        third.Keep();

        await first.DisposeAsync();

        await UntilAsync(() => Task.FromResult(EmbeddedPostgres.FindRunning(folder["postgres"], "postgres") is not null));
        await UntilAsync(() => Task.FromResult(second.Runs || third.Runs));
        var taken = Assert.Single([second, third], j => j.Runs);
        await taken.DisposeAsync();
        await UntilAsync(() => Task.FromResult(EmbeddedPostgres.FindRunning(folder["postgres"], "postgres") is not null));
    }

    private Task<EmbeddedPostgres> StartAsync() =>
        EmbeddedPostgres.StartAsync(folder["postgres"], new() { ThrowAway = true }, NullLogger.Instance, TestContext.Current.CancellationToken);

    private string Running() => EmbeddedPostgres.FindRunning(folder["postgres"], "postgres")!.ConnectionString;

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Bound);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            await tick.WaitForNextTickAsync(bound.Token);
        }
    }

    public void Dispose() => folder.Dispose();
}
