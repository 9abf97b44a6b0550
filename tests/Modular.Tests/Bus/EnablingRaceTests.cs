using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Facts.Messages;
using Modular.Host.Enabling;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Bus;

/// <summary>Moments of turning a module off and on at which two things meet.</summary>
public sealed class EnablingRaceTests
{
    private static readonly Actor Manager = Actor.System("manager");
    private const string State = "select state from core.modules where module = 'counting'";

    [Fact]
    public async Task An_act_is_decided_by_the_database_although_this_hosts_copy_is_old()
    {
        await using var host = await BusHost.StartAsync();
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        Makes(host, "subscribing");

        var done = await manager.SubmitAsync(await manager.PageAsync("/admin/modules"), "form[action='/admin/modules/rebuild/counting']");

        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal(1L, await host.North.AskAsync<long>("select count(*) from audit.entries where what = 'module filled anew'"));
        await host.North.UntilAsync(State, "on");
        Makes(host, "off");
        var refused = await Assert.ThrowsAsync<EnablingRefusedException>(() => host.Services.GetRequiredService<ModuleEnabling>().EnableAsync(host.North, "counting", null, Manager, default));
        Assert.Equal("Counting is already on.", refused.Message);
    }

    [Fact]
    public async Task An_act_that_cannot_be_done_is_answered_with_a_sentence_on_the_page()
    {
        await using var host = await BusHost.StartAsync();
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var page = await manager.PageAsync("/admin/modules");
        await host.Services.GetRequiredService<ModuleEnabling>().DisableAsync(host.North, "counting", Manager, default);

        await manager.SubmitAsync(page, "form[action='/admin/modules/rebuild/counting']");

        var after = await manager.PageAsync("/admin/modules");
        Assert.Contains("Counting is not rebuilt. This module is off here; enabling it fills it.", after.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Off since", after.QuerySelector("#module-counting")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_turned_off_while_a_host_takes_up_the_practice_is_not_subscribed_again()
    {
        await using var host = await BusHost.StartAsync();
        await using var publisher = await host.North.Database.OpenConnectionAsync();
        await using var publishes = await publisher.BeginTransactionAsync();
        await RunAsync(publisher, "select from bus.subscriptions");

        var off = host.Services.GetRequiredService<ModuleEnabling>().DisableAsync(host.North, "counting", Manager, default);
        await WaitingAsync(host, 1);
        var takenUp = host.Services.GetRequiredService<PracticeRegistry>().RefreshAsync(host.North, default);
        await WaitingAsync(host, 2);
        await publishes.CommitAsync();
        await Task.WhenAll(off, takenUp);

        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from bus.subscriptions where module = 'counting'"));
    }

    [Fact]
    public async Task Confirmations_that_overtake_each_other_leave_the_newest()
    {
        await using var host = await BusHost.StartAsync();
        var (gates, node, id) = (host.Services.GetRequiredService<NodeGates>(), host.Services.GetRequiredService<NodeService>().NodeId, host.North.Id);
        await gates.ConfirmAsync(node, id, 1000, default);
        await gates.ConfirmAsync(node, id, 999, default);
        Assert.Empty(await gates.BehindAsync(node, id, 1000, TimeSpan.FromSeconds(30), default));
        Assert.Single(await gates.BehindAsync(node, id, 1001, TimeSpan.FromSeconds(30), default));
    }

    [Fact]
    public async Task A_host_takes_up_what_was_told_while_its_connection_was_broken()
    {
        await using var host = await BusHost.StartAsync();
        await using var catalogue = host.Services.GetRequiredService<Catalogue>().Database.OpenConnection();
        await RunAsync(await NorthAsync(host), "update core.modules set state = 'off' where module = 'counting'");
        // Nobody is told.
        await RunAsync(catalogue, $"update practices set gate_version = gate_version + 1 where slug = 'north'");
        Assert.True(host.North.IsOn("counting"));

        await RunAsync(catalogue, "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 7411 and database = (select oid from pg_database where datname = current_database())");

        await UntilAsync(() => !host.North.IsOn("counting"));
    }

    [Fact]
    public async Task Turning_on_waits_for_a_host_that_has_not_taken_it_up_and_says_so()
    {
        await using var host = await BusHost.StartAsync();
        var enabling = host.Services.GetRequiredService<ModuleEnabling>();
        await enabling.DisableAsync(host.North, "counting", Manager, default);
        await using var catalogue = host.Services.GetRequiredService<Catalogue>().Database.OpenConnection();
        await RunAsync(catalogue, "insert into nodes (machine, process_id, heartbeat_at) values ('far-away', 4711, now() + interval '1 hour')");

        await enabling.EnableAsync(host.North, "counting", null, Manager, default);

        await host.North.UntilAsync("select coalesce(reason, '') from core.modules where module = 'counting'", "It waits until host far-away (process 4711) has taken it up.");
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var card = (await manager.PageAsync("/admin/modules")).QuerySelector("#module-counting")!.TextContent;
        Assert.Contains("host far-away (process 4711)", card, StringComparison.Ordinal);
        Assert.Contains("Starting since", card, StringComparison.Ordinal);

        await RunAsync(catalogue, "insert into node_gates select n.id, p.id, 1000 from nodes n, practices p where machine = 'far-away'");
        await host.North.UntilAsync(State, "on");
    }

    [Fact]
    public async Task A_filling_that_fails_says_why_and_goes_on_by_itself_when_that_is_mended()
    {
        await using var host = await BusHost.StartAsync();
        await host.PublishAsync(host.North, new NoteFact(1, "one"));
        await host.North.UntilAsync("select count(*) from counting.projection", 1L);
        var north = await NorthAsync(host);
        await RunAsync(north, "delete from counting.projection; alter table facts.facts rename to lost");

        await host.Services.GetRequiredService<ModuleEnabling>().RebuildAsync(host.North, "counting", Manager, default);
        await host.North.UntilAsync("select coalesce(reason, '') like 'A step failed % (PostgresException 42P01) and is tried again by itself.' from core.modules where module = 'counting'", true);
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from bus.dead_letters"));

        await RunAsync(north, "alter table facts.lost rename to facts");
        await host.North.UntilAsync(State, "on");
        Assert.Equal(1L, await host.North.AskAsync<long>("select count(*) from counting.projection"));
    }

    /// <summary>This host's copy as it was a moment ago, or is on a host that was not told yet.</summary>
    private static void Makes(TestHost host, string state)
    {
        var now = host.North.Snapshot;
        host.North.Snapshot = now with
        {
            ModuleStates = now.ModuleStates.ToDictionary(s => s.Key, s => s.Key == "counting" ? state : s.Value),
            ModulesOn = now.ModulesOn.Except(["counting"]).ToHashSet(),
        };
    }

    private static Task<NpgsqlConnection> NorthAsync(TestHost host) => host.North.Database.OpenConnectionAsync().AsTask();

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task WaitingAsync(TestHost host, int sessions) => await host.North.UntilAsync(
        "select count(distinct pid)::int from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())", sessions);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var i = 0; i < 400 && !condition(); i++)
        {
            await tick.WaitForNextTickAsync();
        }

        Assert.True(condition());
    }
}
