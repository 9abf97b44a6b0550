using System.Diagnostics;
using Modular.Benchmarks.Running;
using Npgsql;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>Many practices in one host, nobody working: what each costs, how late a message that falls due in one of them is handled, and how long the host takes to stop.</summary>
public static class IdlePractices
{
    /// <summary>How long a handled row is kept: its end tells when it was handled.</summary>
    private static readonly TimeSpan KeepHandled = TimeSpan.FromMinutes(5);

    private const string Body = """
        {"patientId":"01900001-0000-7000-8000-000000000001","version":1,"recordNumber":"1","firstName":"A","lastName":"B","birthDate":"1980-01-05","sex":"F","restricted":false,"active":true}
        """;

    /// <summary>A message that is due later, as the bus writes it.</summary>
    private const string Schedule = $"""
        insert into bus.wolverine_incoming_envelopes (id, status, owner_id, execution_time, body, message_type, received_at, module)
        select id, 'Scheduled', 0, $1, bus.envelope(id, 'patients.patient-changed.v1', '{Body}', now(), 'benchmark', null, gen_random_uuid(), null, null, null),
            'patients.patient-changed.v1', 'local://scheduling.patient-changed/', 'scheduling'
        from gen_random_uuid() id
        """;

    private const string Handled = "select keep_until from bus.wolverine_incoming_envelopes where message_type = 'patients.patient-changed.v1' and status = 'Handled' and execution_time = $1";

    // Until Wolverine came, the inbox was a table of the product's own.
    private const string ScheduleBefore = $"""
        insert into bus.inbox (id, queue, module, alias, status, execute_at, body, actor, correlation_id, occurred_at, received_at)
        values (gen_random_uuid(), 'scheduling.patient-changed', 'scheduling', 'patients.patient-changed.v1', 'scheduled', $1, '{Body}', 'benchmark', gen_random_uuid(), now(), now())
        """;

    private const string HandledBefore = "select keep_until from bus.inbox where actor = 'benchmark' and status = 'handled' and execute_at = $1";

    /// <param name="name">Before each line: which version it is of.</param>
    public static async Task<IReadOnlyList<Row>> MeasureAsync(Site site, string name, Options options)
    {
        var making = Stopwatch.StartNew();
        var made = await MakeAsync(site, options.Practices);
        var each = made == 0 ? 0 : making.Elapsed.TotalMilliseconds / made;
        await using var catalogue = site.Database("modular");
        await using var host = site.StartHost();
        var watch = Stopwatch.StartNew();
        await host.AnswersAsync("/account/sign-in", "p0001.localhost", TimeSpan.FromMinutes(10));
        await UntilAllAsync(host, options.Practices);
        var ready = watch.Elapsed.TotalSeconds;
        // Idle connections close after 30 s, looked at every 10.
        await Task.Delay(TimeSpan.FromSeconds(50));
        var (processor, began) = (host.Processor(), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(options.Small ? 5 : 30));
        var share = (host.Processor() - processor) / Stopwatch.GetElapsedTime(began);
        var connections = await ScalarAsync<long>(catalogue, "select count(*) from pg_stat_activity where application_name = 'modular'");
        var resident = host.Resident();
        var delays = await DelaysAsync(site, catalogue, options);
        await UntilAllAsync(host, options.Practices);
        var stop = (await host.StopAsync(TimeSpan.FromMinutes(5))).TotalSeconds;
        var idle = $"{name}{options.Practices:N0} idle practices";
        return
        [
            new($"{idle}: connections", connections.ToString(), Budget: "≤ 80", Met: connections <= 80),
            new($"{idle}: memory of the host", $"{Mb(resident)} ({resident / 1024 / options.Practices:N0} KB each)"),
            new($"{idle}: processor of the host", $"{share * 100:0.0} % of one"),
            new($"{idle}: a due message is handled late by, p50 / most", $"{Ms(delays.Median())} / {Ms(delays.Max())}", Budget: "≤ 5 s", Met: delays.Max() <= 5000),
            new($"{name}{options.Practices:N0} practices: start until all are served", Seconds(ready)),
            new($"{name}{options.Practices:N0} practices, each just asked: stop of the host", Seconds(stop), Budget: "≤ 5 s", Met: stop <= 5),
            .. made == 0 ? Array.Empty<Row>() : [new($"{name}A practice made from the template", Ms(each))],
        ];
    }

    /// <summary>The first one as an administrator makes it, the others as copies of its database: what an idle practice costs does not depend on its people.</summary>
    private static async Task<int> MakeAsync(Site site, int practices)
    {
        await site.AddPracticesAsync("p0001");
        NpgsqlConnection.ClearAllPools();
        await using var catalogue = site.Database("modular");
        var there = (int)await ScalarAsync<long>(catalogue, "select count(*) from practices");
        await using var admin = site.Database("postgres");
        for (var i = there + 1; i <= practices; i++)
        {
            await using var create = admin.CreateCommand($"create database modular_p{i:0000} template modular_p0001");
            await create.ExecuteNonQueryAsync();
            await using var add = catalogue.CreateCommand("insert into practices (id, slug, name, database_name) values ($1, $2, $2, $3)");
            add.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = Guid.CreateVersion7() }, new() { Value = $"p{i:0000}" }, new() { Value = $"modular_p{i:0000}" } });
            await add.ExecuteNonQueryAsync();
        }

        return practices - there;
    }

    private static async Task UntilAllAsync(ServerProcess host, int practices)
    {
        for (var i = 1; i <= practices; i++)
        {
            await host.AnswersAsync("/account/sign-in", $"p{i:0000}.localhost", TimeSpan.FromMinutes(15));
        }
    }

    /// <summary>A scheduled message in twenty practices, due some seconds from now.</summary>
    private static async Task<List<double>> DelaysAsync(Site site, NpgsqlDataSource catalogue, Options options)
    {
        var delays = new List<double>();
        var sampled = Enumerable.Range(0, 20).Select(i => $"p{1 + i * options.Practices / 20:0000}").Distinct().ToList();
        var due = DateTimeOffset.UtcNow.AddSeconds(12);
        var before = false;
        foreach (var slug in sampled)
        {
            await using var database = site.Database($"modular_{slug}");
            before = await ScalarAsync<bool>(database, "select to_regclass('bus.wolverine_incoming_envelopes') is null");
            await using var insert = database.CreateCommand(before ? ScheduleBefore : Schedule);
            insert.Parameters.Add(new() { Value = due });
            await insert.ExecuteNonQueryAsync();
            await using var hint = catalogue.CreateCommand("update practices set next_due = least(coalesce(next_due, $2), $2) where slug = $1");
            hint.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = slug }, new() { Value = due } });
            await hint.ExecuteNonQueryAsync();
        }

        foreach (var slug in sampled)
        {
            await using var database = site.Database($"modular_{slug}");
            delays.Add(await LateAsync(database, before ? HandledBefore : Handled, due));
        }

        return delays;
    }

    private static async Task<double> LateAsync(NpgsqlDataSource database, string handled, DateTimeOffset due)
    {
        var bound = Stopwatch.StartNew();
        while (bound.Elapsed < TimeSpan.FromMinutes(3))
        {
            await using var command = database.CreateCommand(handled);
            command.Parameters.Add(new() { Value = due });
            if (await command.ExecuteScalarAsync() is DateTime kept)
            {
                return (new DateTimeOffset(kept) - KeepHandled - due).TotalMilliseconds;
            }

            await Task.Delay(200);
        }

        throw new TimeoutException("A due message was not handled within three minutes.");
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
