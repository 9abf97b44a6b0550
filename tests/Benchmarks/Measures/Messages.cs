using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using Modular.Host;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Patients.Messages;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>
/// Durable messages with a real handler: scheduling takes over a changed patient. The ceiling does the same SQL by hand: a row into
/// a table like Wolverine's, one transaction a message; then fifty a transaction the projection's upsert and the handled mark.
/// </summary>
public static class Messages
{
    private const int Publishers = 8;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Site site, PracticeData data, Options options)
    {
        await using var host = await site.OpenHostAsync();
        await using var database = site.Database(data.Database);
        var practice = host.Services.GetRequiredService<PracticeRegistry>().FindSlug(data.Slug)!;
        await PrepareAsync(database);
        try
        {
            var run = new Source(host.Services, practice, database, data);
            var rows = new List<Row>();
            rows.AddRange(await PublishAsync(run, options));
            rows.AddRange(await DrainAsync(run, options.Small ? 1_000 : 10_000));
            rows.AddRange(await IdleAsync(run, options.Small ? 50 : 300));
            return rows;
        }
        finally
        {
            await ExecuteAsync(database, "drop table public.bare_inbox; update scheduling.patients set version = 1 where version > 1");
            await host.StopAsync();
        }
    }

    private static async Task<IReadOnlyList<Row>> PublishAsync(Source run, Options options)
    {
        var (ours, bare) = (new List<double>(), new List<double>());
        for (var round = -1; round < options.Rounds; round++)
        {
            var rate = await RateAsync(options.RoundTime, run.PublishAsync);
            await run.HandledAsync();
            var ceiling = await RateAsync(options.RoundTime, run.InsertBareAsync);
            if (round >= 0)
            {
                ours.Add(rate);
                bare.Add(ceiling);
            }
        }

        return [new("Messages published, 8 publishers, one transaction each, handled at the same time", PerSecond(ours.Median()), $"{PerSecond(bare.Median())} (bare insert)", Times(ours.RatioTo(bare)))];
    }

    private static async Task<double> RateAsync(TimeSpan time, Func<Task> one)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < time; count++)
            {
                await one();
            }

            return count;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task<IReadOnlyList<Row>> DrainAsync(Source run, int messages)
    {
        var (ours, bare) = (new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            await run.PublishManyAsync(messages);
            var watch = Stopwatch.StartNew();
            await run.HandledAsync();
            ours.Add(messages / watch.Elapsed.TotalSeconds);
            bare.Add(await run.DrainBareAsync(messages));
        }

        return [new($"Messages handled, {messages:N0} waiting", PerSecond(ours.Median()), $"{PerSecond(bare.Median())} (same SQL by hand, 50 a transaction)", Times(ours.RatioTo(bare)))];
    }

    private static async Task<IReadOnlyList<Row>> IdleAsync(Source run, int times)
    {
        var ours = await Load.TimesAsync(times, _ => run.PublishAndSeeAsync());
        var bare = await Load.TimesAsync(times, _ => run.TwoCommitsAsync());
        return
        [
            new("Publish to handled, idle, p50", Ms(ours.Median()), $"{Ms(bare.Median())} (two commits by hand)", Times(ours.RatioTo(bare))),
            new("Publish to handled, idle, p99", Ms(ours.Percentile(99)), Ms(bare.Percentile(99)), Times(ours.Percentile(99) / bare.Percentile(99))),
        ];
    }

    private static Task PrepareAsync(NpgsqlDataSource database) => ExecuteAsync(database, """
        drop table if exists public.bare_inbox;
        create table public.bare_inbox (like bus.wolverine_incoming_envelopes including all)
        """);

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Messages about real patients, each newer than the one before.</summary>
    private sealed class Source(IServiceProvider services, Practice practice, NpgsqlDataSource database, PracticeData data)
    {
        private static readonly PatientChanged Template = new(
            Guid.Empty, 0, "1001", "Bare", "Message", null, new(1980, 1, 5), "F", "5550100200", null, Restricted: false, Active: true);

        private int last;

        public Task PublishAsync() => PublishManyAsync(1);

        public async Task PublishManyAsync(int messages)
        {
            await using var scope = services.OpenScope(practice, Actor.System("benchmark"));
            var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
            for (var i = 0; i < messages; i++)
            {
                await bus.PublishAsync(Next());
            }

            await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
        }

        private PatientChanged Next()
        {
            var number = Interlocked.Increment(ref last);
            return Template with { PatientId = PracticeData.Patient(1 + number * 37 % data.Patients), Version = 1 + number };
        }

        /// <summary>Returns when nothing waits any more.</summary>
        public async Task HandledAsync()
        {
            while (true)
            {
                await using var command = database.CreateCommand("select exists (select from bus.wolverine_incoming_envelopes where status <> 'Handled' and message_type <> 'core.job-due.v1')");
                if (await command.ExecuteScalarAsync() is false)
                {
                    return;
                }

                await Task.Delay(10);
            }
        }

        public async Task PublishAndSeeAsync()
        {
            var (patient, version) = (PracticeData.Patient(1 + (last + 1) * 37 % data.Patients), last + 2);
            await PublishAsync();
            while (true)
            {
                await using var command = database.CreateCommand("select version from scheduling.patients where id = $1");
                command.Parameters.Add(new() { Value = patient });
                if (await command.ExecuteScalarAsync() is int seen && seen >= version)
                {
                    return;
                }

                await Task.Yield();
            }
        }

        public Task InsertBareAsync() => BareAsync(1, 0);

        private async Task BareAsync(int rows, int from)
        {
            await using var command = database.CreateCommand("""
                insert into public.bare_inbox (id, status, owner_id, execution_time, body, message_type, received_at, module, seq)
                select gen_random_uuid(), 'Incoming', 0, now(), $3, 'patients.patient-changed.v1', 'local://scheduling.patient-changed/', 'scheduling', $1 + n
                from generate_series(1, $2) n
                """);
            command.Parameters.AddRange(new NpgsqlParameter[]
            {
                new() { Value = (long)from }, new() { Value = rows },
                new() { Value = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Template), NpgsqlDbType = NpgsqlDbType.Bytea },
            });
            await command.ExecuteNonQueryAsync();
        }

        /// <returns>Rows a second.</returns>
        public async Task<double> DrainBareAsync(int rows)
        {
            await ExecuteAsync(database, "truncate public.bare_inbox");
            await BareAsync(rows, 0);
            await using var connection = await database.OpenConnectionAsync();
            var watch = Stopwatch.StartNew();
            for (var done = 0; done < rows; done += 50)
            {
                await using var transaction = await connection.BeginTransactionAsync();
                var ids = await LockAsync(connection);
                for (var i = 0; i < ids.Count; i++)
                {
                    await UpsertAsync(connection);
                }

                await using var mark = new NpgsqlCommand("update public.bare_inbox set status = 'Handled' where id = any($1)", connection) { Parameters = { new() { Value = ids.ToArray() } } };
                await mark.ExecuteNonQueryAsync();
                await transaction.CommitAsync();
            }

            return rows / watch.Elapsed.TotalSeconds;
        }

        public async Task TwoCommitsAsync()
        {
            await InsertBareAsync();
            await using var connection = await database.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await UpsertAsync(connection);
            await transaction.CommitAsync();
        }

        private static async Task<List<Guid>> LockAsync(NpgsqlConnection connection)
        {
            await using var command = new NpgsqlCommand("select id from public.bare_inbox where owner_id = 0 and status <> 'Handled' order by bulk, execution_time, seq limit 50 for update", connection);
            await using var row = await command.ExecuteReaderAsync();
            var ids = new List<Guid>();
            while (await row.ReadAsync())
            {
                ids.Add(row.GetGuid(0));
            }

            return ids;
        }

        private async Task UpsertAsync(NpgsqlConnection connection)
        {
            var patient = Next();
            await using var command = new NpgsqlCommand("""
                insert into scheduling.patients (id, version, record_number, name, birth_date, sex, phone, restricted, active, find)
                values ($1, $2, $3, $4, $5, $6, $7, false, true, ' ' || lower(public.unaccent($4)))
                on conflict (id) do update set version = excluded.version, record_number = excluded.record_number, name = excluded.name,
                    birth_date = excluded.birth_date, sex = excluded.sex, phone = excluded.phone, find = excluded.find
                where excluded.version > patients.version
                """, connection);
            command.Parameters.AddRange(new NpgsqlParameter[]
            {
                new() { Value = patient.PatientId }, new() { Value = patient.Version }, new() { Value = patient.RecordNumber }, new() { Value = $"{patient.LastName}, {patient.FirstName}" },
                new() { Value = patient.BirthDate }, new() { Value = patient.Sex }, new() { Value = patient.Phone! },
            });
            await command.ExecuteNonQueryAsync();
        }
    }
}
