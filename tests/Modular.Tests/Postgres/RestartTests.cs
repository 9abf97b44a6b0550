using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Modular.Host.Postgres;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Postgres;

/// <summary>The embedded server dies under a host that people work with. A real one that keeps what was committed, killed.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private EmbeddedPostgres cluster = null!;
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await StartAsync();
        host = await TestHost.StartAsync(options: o => o with
        {
            Connection = cluster.ConnectionString("postgres").ConnectionString,
            Cluster = cluster,
            DataDirectory = folder["data"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await cluster.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_killed_server_runs_again_by_itself_and_whoever_only_reads_notices_a_moments_wait()
    {
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        using var probe = new HttpClient { BaseAddress = host.Address };
        var killed = cluster.ProcessId;
        var began = Stopwatch.GetTimestamp();
        await KillAsync(killed);

        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/health/live")).StatusCode);
        var took = await UntilAsync(async () => (await manager.GetAsync("/admin/jobs")).StatusCode == HttpStatusCode.OK, began);
        await UntilAsync(async () => (await probe.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK, began);

        TestContext.Current.SendDiagnosticMessage($"The page came {took.TotalSeconds:0.0} s after the kill of the server");
        Assert.NotEqual(killed, cluster.ProcessId);
        Assert.Equal(1, cluster.State.Restarts);
        Assert.Contains("modular_embedded_database_restarts 1", await probe.GetStringAsync("/metrics"), StringComparison.Ordinal);
        Assert.Contains("exit code 137", Assert.Single(ClusterDirectory.Restarts(cluster.DataDirectory)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await WriteAsync(manager)).StatusCode);
    }

    [Fact]
    public async Task After_a_crashed_backend_pages_are_back_within_three_seconds_of_the_server_and_then_none_fails()
    {
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync("/admin/jobs")).StatusCode);
        var backend = await host.North.AskAsync<int>("select pg_backend_pid()");
        var began = Stopwatch.GetTimestamp();
        await KillAsync(backend);

        // How long the server itself takes to recover depends on the machine; what the host adds does not.
        var recovers = UntilAsync(AnswersAsync, began);
        var took = await UntilAsync(async () => (await manager.GetAsync("/admin/jobs")).StatusCode == HttpStatusCode.OK, began);
        var recovered = await recovers;

        TestContext.Current.SendDiagnosticMessage($"The server was back {recovered.TotalSeconds:0.0} s after the kill of a backend, a page {took.TotalSeconds:0.0} s");
        Assert.True(took < recovered + TimeSpan.FromSeconds(3), $"The server was back after {recovered.TotalSeconds:0.0} s, the page after {took.TotalSeconds:0.0} s.");
        // Each connection of the pool was dead; none of them is met again.
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync("/admin/jobs")).StatusCode);
        }

        Assert.Equal(0, cluster.State.Restarts);
        Assert.Equal(HttpStatusCode.Redirect, (await WriteAsync(manager)).StatusCode);
    }

    [Fact]
    public async Task While_it_is_away_pages_say_so_keep_what_was_typed_and_take_it_when_it_is_back()
    {
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        using var probe = new HttpClient { BaseAddress = host.Address };
        var form = await manager.PageAsync("/admin/locations/edit");
        // Nobody starts it while the folder cannot be read.
        File.Move(folder["cluster/pgdata/PG_VERSION"], folder["cluster/pgdata/PG_VERSION.away"]);
        await KillAsync(cluster.ProcessId);
        await UntilAsync(() => Task.FromResult(cluster.State.Down is not null), Stopwatch.GetTimestamp());

        using var page = await manager.GetAsync("/admin/jobs");
        using var refused = await manager.SubmitAsync(form, "main form", ("Name", "Hilltop & Sons"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("The database is starting.", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("5", page.Headers.GetValues("Refresh").Single());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Refresh"));
        var kept = await TestClient.ParseAsync(await refused.Content.ReadAsStringAsync(), new Uri(manager.Http.BaseAddress!, "/").AbsoluteUri);
        Assert.Equal("Hilltop & Sons", kept.QuerySelector("input[name='Name']")!.GetAttribute("value"));
        var ready = await probe.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("The database does not run", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/health/live")).StatusCode);
        Assert.Contains("modular_embedded_database_up 0", await probe.GetStringAsync("/metrics"), StringComparison.Ordinal);

        File.Move(folder["cluster/pgdata/PG_VERSION.away"], folder["cluster/pgdata/PG_VERSION"]);
        await UntilAsync(async () => (await probe.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK, Stopwatch.GetTimestamp());
        using var saved = await manager.SubmitAsync(kept, "form");
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(1L, await host.North.AskAsync<long>("select count(*) from core.locations where name = 'Hilltop & Sons'"));
    }

    private Task<EmbeddedPostgres> StartAsync() =>
        EmbeddedPostgres.StartAsync(folder["cluster"], new() { KeepRunning = true }, NullLogger.Instance, TestContext.Current.CancellationToken);

    private static async Task<HttpResponseMessage> WriteAsync(TestClient manager)
    {
        var page = await manager.PageAsync("/admin/locations/edit");
        return await manager.SubmitAsync(page, "main form", ("Name", $"Place {Guid.NewGuid().ToString("N")[..6]}"));
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return await Cluster.AskAsync<int>(cluster.ConnectionString("postgres"), "select 1") == 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static Task KillAsync(int process) => Cluster.RunAsync(["kill", "-9", $"{process}"]);

    private static async Task<TimeSpan> UntilAsync(Func<Task<bool>> condition, long began)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(40), "It did not come back.");
            await tick.WaitForNextTickAsync();
        }

        return Stopwatch.GetElapsedTime(began);
    }
}
