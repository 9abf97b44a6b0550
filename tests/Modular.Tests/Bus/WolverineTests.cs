using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Modular.Counting.Messages;
using Modular.Facts.Messages;
using Modular.Host.Bus;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;
using Npgsql;
using Weasel.Core.Migrations;
using Wolverine.Persistence.Durability;

namespace Modular.Tests.Bus;

/// <summary>What is Wolverine's, and what it is kept from.</summary>
public sealed class WolverineTests
{
    [Fact]
    public async Task The_tables_that_our_migrations_make_are_those_that_the_package_wants()
    {
        await using var host = await TestHost.StartAsync();
        var tenants = host.Services.GetRequiredService<PracticeTenants>();
        var main = ((MultiTenantedMessageStore)host.Services.GetRequiredService<IMessageStore>()).Main;

        Assert.Equal("", await MissingAsync(host, (IDatabase)await tenants.FindAsync(host.North), host.North.Database));
        Assert.Equal("", await MissingAsync(host, (IDatabase)main, host.Services.GetRequiredService<Catalogue>().Database));
    }

    [Fact]
    public async Task A_practice_whose_database_is_gone_keeps_no_host_from_starting()
    {
        await using var first = await BusHost.StartAsync();
        await using (var gone = first.Services.GetRequiredService<Catalogue>().Database.CreateCommand("update practices set database_name = 'is_not_there' where slug = 'south'"))
        {
            await gone.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var second = await BusHost.StartAsync(catalogue: first.Catalogue);
        await second.PublishAsync(second.North, new Attempted(1, 0));
        await second.North.UntilAsync("select count(*) from counting.tries where number = 1", 1L);
    }

    [Fact]
    public async Task A_practice_in_which_nothing_happens_is_asked_nothing()
    {
        await using var host = await BusHost.StartAsync();
        await host.PublishAsync(host.North, new Attempted(1, 0));
        await host.North.UntilAsync("select count(*) from counting.tries where number = 1", 1L);

        // Beside a practice at work, over several rounds of the bus's slow loop, which is five times a second here. What the start asks has its end.
        var number = 2;
        var before = "";
        for (var rounds = 0; rounds < 10 && before != await LastAskedAsync(host); rounds++)
        {
            before = await LastAskedAsync(host);
            await WorkAsync(40);
        }

        await WorkAsync(40);
        Assert.Equal(before, await LastAskedAsync(host));

        async Task WorkAsync(int messages)
        {
            for (var end = number + messages; number < end; number++)
            {
                await host.PublishAsync(host.North, new Attempted(number, 0));
                await host.North.UntilAsync($"select count(*) from counting.tries where number = {number}", 1L);
            }
        }
    }

    [Fact]
    public async Task What_a_handler_s_exception_says_is_in_no_line_of_the_log_and_in_no_dead_letter_which_holds_kind_and_places()
    {
        var lines = new ConcurrentQueue<string>();
        await using var host = await TestHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton(BusHost.Quick);
                builder.Logging.AddProvider(LogCanary.Listen(lines));
            },
            options: start => start with { ModulesDirectory = BusHost.PluginsFolder() });

        await host.PublishAsync(host.North, new Attempted(31, 99));
        await host.North.UntilAsync("select count(*) from bus.dead_letters", 1L);

        Assert.Contains(lines, line => line.Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("Not yet for", StringComparison.Ordinal));
        Assert.Equal("A handler failed: InvalidOperationException", await host.North.AskAsync<string>("select exception_message from bus.wolverine_dead_letters"));
        var detail = await host.North.AskAsync<string>("select detail from bus.dead_letters");
        Assert.StartsWith("System.InvalidOperationException\n   at Modular.Counting.AttemptHandler.HandleAsync(", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Not yet for", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_keeps_who_caused_it_and_what_it_came_from()
    {
        await using var host = await BusHost.StartAsync();
        await host.PublishAsync(host.North, new NoteFact(7, "said"));
        await host.North.UntilAsync("select count(*) from counting.thirds where number = 7", 1L);

        Assert.Equal("test", await host.North.AskAsync<string>("select actor from bus.inbox where queue = 'counting.third'"));
        Assert.Equal(1L, await host.North.AskAsync<long>("select count(distinct bus.opened(body)->>'correlation-id') from bus.wolverine_incoming_envelopes where module = 'counting'"));
        Assert.Equal(await host.North.AskAsync<Guid>("select id from bus.inbox where queue = 'counting.second'"),
            Guid.Parse(await host.North.AskAsync<string>("select bus.opened(body)->>'causation-id' from bus.wolverine_incoming_envelopes where message_type = 'counting.tallied.v1'")));
    }

    [Fact]
    public async Task Work_that_is_disposed_twice_ends_no_other_transaction()
    {
        await using var host = await TestHost.StartAsync();
        await using var scope = host.Scope(host.North);
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        await work.BeginAsync(null, default);
        await work.DisposeAsync();

        // The pool gives the same connection again, and Npgsql the same transaction object.
        await using var other = await host.North.OpenAsync(default);
        await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await work.DisposeAsync();
        await using var command = new NpgsqlCommand("update core.profile set theme = 'calm'", other);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Makes the tables as the package would, in a database of their own, and says what of them ours lack or have otherwise. Ours may have more.</summary>
    private static async Task<string> MissingAsync(TestHost host, IDatabase package, NpgsqlDataSource ours)
    {
        var (server, name) = (host.Services.GetRequiredService<DatabaseServer>(), $"{host.Catalogue}_wants");
        await server.DropDatabaseAsync(name, default);
        await server.CreateDatabaseAsync(name, null, default);
        await using var wanted = server.DataSource(name, 1);
        await using (var make = wanted.CreateCommand(package.ToDatabaseScript()))
        {
            await make.ExecuteNonQueryAsync();
        }

        return string.Join("\n", (await PartsAsync(wanted)).Except(await PartsAsync(ours)));
    }

    private static async Task<List<string>> PartsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("""
            select concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_nullable, regexp_replace(column_default, '^''|''::.*$', '', 'g'))
            from information_schema.columns where table_schema = 'bus' and table_name like 'wolverine%'
            union all select indexdef from pg_indexes where schemaname = 'bus' and tablename like 'wolverine%'
            union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'bus'::regnamespace and conrelid::regclass::text like 'bus.wolverine%'
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var parts = new List<string>();
        while (await reader.ReadAsync())
        {
            parts.Add(reader.GetString(0));
        }

        return parts;
    }

    /// <summary>When the south's database was last asked anything, and by how many connections; the looking itself is from elsewhere.</summary>
    private static async Task<string> LastAskedAsync(TestHost host)
    {
        await using var command = host.Services.GetRequiredService<Catalogue>().Database.CreateCommand(
            "select coalesce(max(query_start)::text, 'never') from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()");
        command.Parameters.Add(new() { Value = host.South.Row.DatabaseName });
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
