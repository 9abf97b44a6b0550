using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Modular.Benchmarks.Running;
using Modular.Host.Practices;
using Npgsql;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>Many practices in one host, nobody working: what each costs, and how late a message that falls due in one of them is handled.</summary>
public static class IdlePractices
{
    public static async Task<IReadOnlyList<Row>> MeasureAsync(Site site, Options options)
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
        return
        [
            new($"{options.Practices:N0} idle practices: connections", connections.ToString()),
            new($"{options.Practices:N0} idle practices: memory of the host", $"{Mb(resident)} ({resident / 1024 / options.Practices:N0} KB each)"),
            new($"{options.Practices:N0} idle practices: processor of the host", $"{share * 100:0.0} % of one"),
            new($"{options.Practices:N0} idle practices: a due message is handled late by, p50 / most", $"{Ms(delays.Median())} / {Ms(delays.Max())}"),
            new($"{options.Practices:N0} practices: start until all are served", Seconds(ready)),
            .. made == 0 ? Array.Empty<Row>() : [new("A practice made from the template", Ms(each))],
        ];
    }

    /// <summary>The first one as an administrator makes it, the others as copies of its database: what an idle practice costs does not depend on its people.</summary>
    private static async Task<int> MakeAsync(Site site, int practices)
    {
        await using (var host = await site.OpenHostAsync())
        {
            await Site.AddPracticeAsync(host.Services, "p0001");
            await host.StopAsync();
        }

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

    /// <summary>A scheduled message in twenty practices, written as the bus writes it, due some seconds from now.</summary>
    private static async Task<List<double>> DelaysAsync(Site site, NpgsqlDataSource catalogue, Options options)
    {
        var delays = new List<double>();
        var sampled = Enumerable.Range(0, 20).Select(i => $"p{1 + i * options.Practices / 20:0000}").Distinct().ToList();
        var due = DateTimeOffset.UtcNow.AddSeconds(12);
        foreach (var slug in sampled)
        {
            await using var database = site.Database($"modular_{slug}");
            await using var insert = database.CreateCommand("""
                insert into bus.wolverine_incoming_envelopes (id, status, owner_id, execution_time, body, message_type, received_at, module)
                select id, 'Scheduled', 0, $1, bus.envelope(id, 'patients.patient-changed.v1',
                    '{"patientId":"01900001-0000-7000-8000-000000000001","version":1,"recordNumber":"1","firstName":"A","lastName":"B","birthDate":"1980-01-05","sex":"F","restricted":false,"active":true}',
                    now(), 'benchmark', null, gen_random_uuid(), null, null, null), 'patients.patient-changed.v1', 'local://scheduling.patient-changed/', 'scheduling'
                from gen_random_uuid() id
                """);
            insert.Parameters.Add(new() { Value = due });
            await insert.ExecuteNonQueryAsync();
            await using var hint = catalogue.CreateCommand("update practices set next_due = least(coalesce(next_due, $2), $2) where slug = $1");
            hint.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = slug }, new() { Value = due } });
            await hint.ExecuteNonQueryAsync();
        }

        foreach (var slug in sampled)
        {
            await using var database = site.Database($"modular_{slug}");
            delays.Add(await LateAsync(database, due));
        }

        return delays;
    }

    /// <summary>A handled row is kept for five minutes from its handling: that tells when it was.</summary>
    private static async Task<double> LateAsync(NpgsqlDataSource database, DateTimeOffset due)
    {
        var bound = Stopwatch.StartNew();
        while (bound.Elapsed < TimeSpan.FromMinutes(3))
        {
            await using var command = database.CreateCommand("select keep_until from bus.wolverine_incoming_envelopes where message_type = 'patients.patient-changed.v1' and status = 'Handled' and execution_time = $1");
            command.Parameters.Add(new() { Value = due });
            if (await command.ExecuteScalarAsync() is DateTime kept)
            {
                return (new DateTimeOffset(kept) - new Host.Bus.BusOptions().KeepHandled - due).TotalMilliseconds;
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
