using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Modular.Host.Audit;
using Modular.Host.FirstRun;
using Modular.Host.Logging;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;
using Modular.Tests.Partners;
using Npgsql;

namespace Modular.Tests.Practices;

/// <summary>What is wrong in one practice's database is that practice's alone.</summary>
public sealed class PracticeFaultTests
{
    private const string Broken = "insert into core.settings (module, location_id, body) values ('patients', null, '[]') on conflict (module, location_id) do update set body = excluded.body";
    private const string Mended = "update core.settings set body = '{}' where module = 'patients'";
    private const string Sentence = "The row of patients in core.settings holds no settings (it must be a JSON object).";

    [Fact]
    public async Task A_host_with_one_broken_practice_of_three_serves_two_says_why_and_takes_up_the_third_when_it_is_mended()
    {
        await using var before = await TestHost.StartAsync();
        await before.Services.GetRequiredService<PracticeMaker>().AddAsync(new("east", "East Clinic", "America/New_York", ["east.localhost"], []), default);
        await ExecuteAsync(before.South, Broken);

        await using var host = await TestHost.StartAsync(Fast, before.Catalogue);

        using var probe = new HttpClient { BaseAddress = host.Address };
        using var north = host.Client(host.North);
        using var south = host.Client(host.South);
        using var east = host.Client(host.Services.GetRequiredService<PracticeRegistry>().FindSlug("east")!);
        Assert.Equal(HttpStatusCode.OK, (await north.GetAsync("/account/sign-in")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await east.GetAsync("/account/sign-in")).StatusCode);
        using var refused = await south.GetAsync("/account/sign-in");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("This practice cannot be opened at the moment", await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/health/live")).StatusCode);
        Assert.Contains("\"failed\":1", await (await probe.GetAsync("/health/ready")).Content.ReadAsStringAsync());
        Assert.Contains("modular_practices{state=\"failed\"} 1", await (await probe.GetAsync("/metrics")).Content.ReadAsStringAsync());
        Assert.Contains(await host.Services.GetRequiredService<NodeGates>().FaultsAsync(host.South.Id, default), f => f.EndsWith(Sentence, StringComparison.Ordinal));

        await ExecuteAsync(host.South, Mended);
        await UntilAsync(() => host.South.Fault is null && host.South.Snapshot.Ready);
        Assert.Equal(HttpStatusCode.OK, (await south.GetAsync("/account/sign-in")).StatusCode);
    }

    [Fact]
    public async Task A_practice_that_breaks_while_it_is_served_goes_on_as_it_was_and_its_administrators_read_why()
    {
        await using var host = await TestHost.StartAsync(Fast);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        await ExecuteAsync(host.North, Broken);
        await host.Services.GetRequiredService<PracticeRegistry>().ChangedAsync(host.North, default);

        Assert.Contains(Sentence, (await manager.PageAsync("/admin/modules")).Body!.TextContent);

        await ExecuteAsync(host.North, Mended);
        await UntilAsync(() => host.North.Fault is null);
        Assert.DoesNotContain("not taken up here", (await manager.PageAsync("/admin/modules")).Body!.TextContent);
    }

    [Fact]
    public async Task The_doctor_names_the_practice_that_hosts_cannot_take_up_and_describes_the_others()
    {
        await using var host = await TestHost.StartAsync(Fast);
        await ExecuteAsync(host.South, Broken);
        await host.Services.GetRequiredService<PracticeRegistry>().ChangedAsync(host.South, default);
        await UntilAsync(async () => (await host.Services.GetRequiredService<NodeGates>().FaultsAsync(host.South.Id, default)).Count > 0);

        var (code, said) = await Command.TryAsync(Path.GetTempPath(), new()
        {
            ["MODULAR_CONNECTION"] = await TestServer.ConnectionAsync(), ["MODULAR_CATALOGUE"] = host.Catalogue,
        }, "dotnet", Path.Combine(Path.GetDirectoryName(TestHost.ModulesFolder())!, "Modular.Host.dll"), "doctor");

        Assert.Equal(1, code);
        Assert.Contains("practice north: active, up to date", said);
        Assert.Contains(Sentence, said);
    }

    [Fact]
    public async Task A_practice_that_was_removed_closes_its_connections()
    {
        await using var host = await TestHost.StartAsync();
        var south = host.South;
        await using (var remove = host.Services.GetRequiredService<Catalogue>().Database.CreateCommand("delete from practices where slug = 'south'"))
        {
            await remove.ExecuteNonQueryAsync();
        }

        await host.Services.GetRequiredService<PracticeRegistry>().ReloadAsync(default);

        Assert.Null(host.Services.GetRequiredService<PracticeRegistry>().Find(south.Id));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => south.OpenAsync(default));
        using var north = host.Client(host.North);
        Assert.Equal(HttpStatusCode.OK, (await north.GetAsync("/account/sign-in")).StatusCode);
    }

    [Fact]
    public async Task No_part_of_the_host_that_visits_all_practices_ends_with_one_of_them()
    {
        var lines = new ConcurrentQueue<string>();
        var clock = new ManualClock(new(2026, 11, 21, 18, 0, 0, TimeSpan.Zero));
        await using var host = await TestHost.StartAsync(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton(BusHost.Quick);
            builder.Logging.AddProvider(LogCanary.Listen(lines));
        });
        // A failure that is none of the database's own: what opens it is gone.
        await host.South.CloseAsync();
        host.Services.GetRequiredService<AuditSealer>().Touch(host.South.Id);

        await UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            return lines.Any(line => line.Contains("The audit log of south could not be sealed: ObjectDisposedException in", StringComparison.Ordinal));
        });

        Assert.All(host.Services.GetServices<IHostedService>().OfType<BackgroundService>(), part => Assert.False(part.ExecuteTask is { IsCompleted: true }, part.GetType().Name));
    }

    [Fact]
    public async Task A_host_whose_own_part_ended_says_that_it_does_not_live()
    {
        await using var host = await TestHost.StartAsync();
        using var probe = new HttpClient { BaseAddress = host.Address };
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/health/live")).StatusCode);

        await host.Services.GetRequiredService<NodeService>().StopAsync(default);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await probe.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task A_template_whose_making_was_interrupted_is_made_anew_and_never_copied()
    {
        await using var host = await TestHost.StartAsync(catalogue: $"t{Guid.CreateVersion7():N}"[..20]);
        var maker = host.Services.GetRequiredService<PracticeMaker>();
        var first = await maker.AddAsync(new("first", "First", "America/New_York", ["first.localhost"], []), default);
        var server = host.Services.GetRequiredService<DatabaseServer>();
        // As a process leaves it that ends before the tables are there.
        var template = await first.AskAsync<string>($"select datname from pg_database where datname like '{host.Catalogue}_template_%'");
        await server.DropDatabaseAsync(template, default);
        await server.CreateDatabaseAsync($"{template}_making", null, default);

        var second = await maker.AddAsync(new("second", "Second", "America/New_York", ["second.localhost"], []), default);

        Assert.True(second.Snapshot.Ready);
        Assert.Equal(template, await second.AskAsync<string>($"select string_agg(datname, ' ') from pg_database where datname like '{host.Catalogue}_template_%'"));
    }

    [Fact]
    public async Task What_is_said_of_an_exception_is_its_kind_and_the_place_in_our_code_and_nothing_of_its_text()
    {
        await using var host = await TestHost.StartAsync();
        var exception = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(host.North, $"select '{LogCanary.Token}'::int"));

        Assert.Equal("PostgresException 22P02 in PracticeFaultTests.ExecuteAsync", Failure.Describe(exception));
        Assert.Equal("InvalidOperationException", Failure.Describe(new InvalidOperationException(LogCanary.Token)));
    }

    private static void Fast(WebApplicationBuilder builder) => builder.Services.AddSingleton(BusHost.Quick with { NodeDeadAfter = TimeSpan.FromSeconds(3) });

    private static async Task ExecuteAsync(Practice practice, string sql)
    {
        await using var command = practice.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.True(tries < 600);
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
