using Microsoft.Extensions.DependencyInjection;
using Modular.Facts.Messages;
using Modular.Host.Bus;
using Modular.Host.Installed;
using Modular.Host.Migrations;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Bus;

/// <summary>A practice that waited with messages in the tables of the version before Wolverine.</summary>
public sealed class BusUpgradeTests
{
    private const string Before = "0041_wolverine";

    [Fact]
    public async Task What_waited_in_the_tables_of_the_version_before_is_handled_in_its_order_and_what_had_failed_can_be_tried_again()
    {
        await using var host = await BusHost.StartAsync();
        var practice = await OldPracticeAsync(host);

        await practice.UntilAsync("select coalesce(string_agg(step::text, ',' order by nr), '') from counting.steps where walk = 'ridge'", "1,2,3,4,5");
        await practice.UntilAsync("select count(*) from counting.thirds where number = 5", 1L);
        Assert.Equal("Ada Ünal", await practice.AskAsync<string>("select actor from bus.inbox where queue = 'counting.third'"));
        Assert.Equal(0L, await practice.AskAsync<long>("select count(*) from counting.thirds where number = 6"));
        Assert.Equal("parked", await practice.AskAsync<string>("select status from bus.inbox where queue = 'counting.step' and body->>'walk' = 'cliff'"));
        Assert.Equal("scheduled", await practice.AskAsync<string>("select status from bus.inbox where queue = 'counting.attempt'"));

        var letter = await practice.AskAsync<Guid>("select letter_id from bus.dead_letters where reason = 'Not yet' and attempts = 7");
        await using (var connection = await practice.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(1, await DeadLetterBox.ReplayAsync(connection, [letter], TimeProvider.System.GetUtcNow(), default));
        }

        host.Services.GetRequiredService<BusPump>().Lane(practice).Poke();
        await practice.UntilAsync("select coalesce(string_agg(step::text, ',' order by nr), '') from counting.steps where walk = 'cliff'", "1,2");
    }

    private static async Task<Practice> OldPracticeAsync(TestHost host)
    {
        var (server, modules, catalogue) = (host.Services.GetRequiredService<DatabaseServer>(), host.Services.GetRequiredService<InstalledModules>(), host.Services.GetRequiredService<Catalogue>());
        var database = $"{host.Catalogue}_old";
        await server.CreateDatabaseAsync(database, null, default);
        await using (var source = server.DataSource(database, 2))
        {
            var old = modules.Migrations.Select(set => set.Owner != LoadedModule.CoreId ? set
                : set with { Migrations = [.. set.Migrations.Where(m => string.CompareOrdinal(m.Name, Before) < 0)] });
            Assert.Empty(await Migrator.ApplyAsync(source, old, default));
            await using var rows = source.CreateCommand("""
                insert into core.profile (id, name, zone) values (gen_random_uuid(), 'Old', 'America/New_York');
                insert into core.modules (module, state) values ('facts', 'on'), ('counting', 'on');
                insert into bus.subscriptions values ('counting.step', 'counting.step-taken.v1', 'counting'), ('counting.third', 'counting.tallied.v1', 'counting');
                insert into bus.inbox (id, queue, module, alias, key, status, owner_node, execute_at, body, actor, actor_id, correlation_id, occurred_at, received_at)
                select gen_random_uuid(), 'counting.step', 'counting', 'counting.step-taken.v1', 'ridge', 'incoming', 3, now() - interval '1 s', jsonb_build_object('walk', 'ridge', 'step', n),
                    'Ada Ünal', gen_random_uuid(), gen_random_uuid(), now(), now() from generate_series(1, 5) n;
                insert into bus.inbox (id, queue, module, alias, key, status, owner_node, execute_at, body, actor, correlation_id, causation_id, occurred_at, received_at)
                values (gen_random_uuid(), 'counting.third', 'counting', 'counting.tallied.v1', null, 'incoming', 0, now() - interval '1 s', '{"number": 5}', 'Ada Ünal', gen_random_uuid(), gen_random_uuid(), now(), now()),
                    (gen_random_uuid(), 'counting.third', 'counting', 'counting.tallied.v1', null, 'handled', 0, now() - interval '1 s', '{"number": 6}', 'Ada Ünal', gen_random_uuid(), null, now(), now()),
                    (gen_random_uuid(), 'counting.step', 'counting', 'counting.step-taken.v1', 'cliff', 'parked', 0, now() - interval '1 s', '{"walk": "cliff", "step": 2}', 'x', gen_random_uuid(), null, now(), now()),
                    (gen_random_uuid(), 'counting.attempt', 'counting', 'counting.attempted.v1', null, 'scheduled', 0, now() + interval '1 day', '{"number": 8, "failures": 0}', 'x', gen_random_uuid(), null, now(), now());
                insert into bus.dead_letters (id, queue, seq, module, alias, key, attempts, bulk, body, actor, correlation_id, occurred_at, received_at, exception, reason, detail, died_at)
                values (gen_random_uuid(), 'counting.step', 0, 'counting', 'counting.step-taken.v1', 'cliff', 7, false, '{"walk": "cliff", "step": 1}', 'x', gen_random_uuid(), now(), now(), 'InvalidOperationException', 'Not yet', 'Not yet', now());
                """);
            await rows.ExecuteNonQueryAsync();
        }

        var row = new PracticeRow(Guid.CreateVersion7(), "old", "Old", [], "", database, null, "active", false, false, 1);
        await catalogue.AddAsync(row, default);
        var practices = host.Services.GetRequiredService<PracticeRegistry>();
        await practices.ReloadAsync(default);
        await practices.RefreshAsync(practices.Find(row.Id)!, default);
        return practices.Find(row.Id)!;
    }
}
