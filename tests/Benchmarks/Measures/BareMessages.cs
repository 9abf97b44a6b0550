using System.Diagnostics;
using System.Text;
using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Benchmarks.Measures;

/// <summary>What the bus does for a message, as SQL by hand, without a bus.</summary>
public sealed class BareMessages : IAsyncDisposable
{
    private const int Publishers = 8;

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""
        {"patientId":"01900001-0000-7000-8000-000000000001","version":1,"recordNumber":"1001","firstName":"Bare","lastName":"Message","birthDate":"1980-01-05","sex":"F","phone":"5550100200","restricted":false,"active":true}
        """);

    private readonly NpgsqlDataSource database;
    private readonly PracticeData data;
    private int last;

    private BareMessages(NpgsqlDataSource database, PracticeData data) => (this.database, this.data) = (database, data);

    public static async Task<BareMessages> OpenAsync(Site site, PracticeData data)
    {
        var bare = new BareMessages(site.Database(data.Database), data);
        await bare.ExecuteAsync("""
            drop table if exists public.bare_inbox, public.bare_patients;
            create table public.bare_inbox (like bus.wolverine_incoming_envelopes including all);
            create table public.bare_patients (like scheduling.patients including all);
            insert into public.bare_patients (id, version, record_number, name, birth_date, sex, phone, restricted, active, find)
                select id, version, record_number, name, birth_date, sex, phone, restricted, active, find from scheduling.patients;
            """);
        return bare;
    }

    /// <returns>Rows a second.</returns>
    public async Task<double> PublishAsync(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < time; count++)
            {
                await InsertAsync(1, 0);
            }

            return count;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    /// <returns>Rows a second.</returns>
    public async Task<double> DrainAsync(int rows)
    {
        await ExecuteAsync("truncate public.bare_inbox");
        await InsertAsync(rows, 0);
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
        await InsertAsync(1, 0);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await UpsertAsync(connection);
        await transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync("drop table public.bare_inbox, public.bare_patients");
        await database.DisposeAsync();
    }

    private async Task InsertAsync(int rows, int from)
    {
        await using var command = database.CreateCommand("""
            insert into public.bare_inbox (id, status, owner_id, execution_time, body, message_type, received_at, module, seq)
            select gen_random_uuid(), 'Incoming', 0, now(), $3, 'patients.patient-changed.v1', 'local://scheduling.patient-changed/', 'scheduling', $1 + n
            from generate_series(1, $2) n
            """);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = (long)from }, new() { Value = rows }, new() { Value = Body, NpgsqlDbType = NpgsqlDbType.Bytea } });
        await command.ExecuteNonQueryAsync();
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
        var number = ++last;
        await using var command = new NpgsqlCommand("""
            insert into public.bare_patients (id, version, record_number, name, birth_date, sex, phone, restricted, active, find)
            values ($1, $2, '1001', $3, '1980-01-05', 'F', '5550100200', false, true, ' ' || lower(public.unaccent($3)))
            on conflict (id) do update set version = excluded.version, record_number = excluded.record_number, name = excluded.name,
                birth_date = excluded.birth_date, sex = excluded.sex, phone = excluded.phone, find = excluded.find
            where excluded.version > bare_patients.version
            """, connection);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = PracticeData.Patient(1 + (number * 37 % data.Patients)) }, new() { Value = 1 + number }, new() { Value = "Message, Bare" } });
        await command.ExecuteNonQueryAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
