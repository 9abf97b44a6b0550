using Modular.Host.Postgres;
using Npgsql;

namespace Modular.Tests.Postgres;

public sealed class BackupTests(BackupTests.Running running) : IClassFixture<BackupTests.Running>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public sealed class Running : IAsyncLifetime
    {
        private readonly TestFolder _folder = new();
        private EmbeddedPostgres? _cluster;

        public string File(string name) => _folder[name];

        public NpgsqlConnectionStringBuilder Database(string name) => _cluster!.ConnectionString(name);

        public async ValueTask InitializeAsync()
        {
            _cluster = await Cluster.StartAsync(_folder["cluster"]);
            await Cluster.DoAsync(Database("postgres"), "create database practice");
            await Cluster.DoAsync(Database("practice"), """
                create schema patients;
                create table patients.patient (id uuid primary key default gen_random_uuid(), name text not null unique);
                create table patients.log (id bigint generated always as identity primary key, patient uuid references patients.patient, note text);
                insert into patients.patient (name) select 'Émile ' || n from generate_series(1, 500) n;
                insert into patients.log (patient, note) select id, repeat('x', 100) from patients.patient, generate_series(1, 4);
                """);
        }

        public async ValueTask DisposeAsync()
        {
            await (_cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
            _folder.Dispose();
        }
    }

    [Fact]
    public async Task A_restored_copy_holds_the_same_rows_and_constraints()
    {
        await Backup.DumpAsync(running.Database("practice"), running.File("practice.dump"), Ct);
        await Backup.RestoreAsync(running.Database("copy"), running.File("practice.dump"), Ct);
        foreach (var sql in new[]
        {
            "select string_agg(md5(p::text), '' order by id) from patients.patient p",
            "select string_agg(md5(l::text), '' order by id) from patients.log l",
            "select string_agg(conname, ' ' order by conname) from pg_constraint where connamespace = 'patients'::regnamespace",
        })
        {
            Assert.Equal(
                await Cluster.AskAsync<string>(running.Database("practice"), sql),
                await Cluster.AskAsync<string>(running.Database("copy"), sql));
        }

        Assert.Equal(2000L, await Cluster.AskAsync<long>(running.Database("copy"), "select count(*) from patients.log"));
    }

    [Fact]
    public async Task The_file_is_for_its_owner_alone()
    {
        await Backup.DumpAsync(running.Database("practice"), running.File("private.dump"), Ct);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(running.File("private.dump")));
    }

    [Fact]
    public async Task A_failed_backup_says_why_and_leaves_nothing()
    {
        var failed = await Assert.ThrowsAsync<PostgresUnavailableException>(
            () => Backup.DumpAsync(running.Database("absent"), running.File("absent.dump"), Ct));
        Assert.Contains("database \"absent\" does not exist", failed.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(running.File("absent.dump")));
        Assert.False(File.Exists(running.File("absent.dump.part")));
    }

    [Fact]
    public async Task A_backup_writes_over_no_file()
    {
        await File.WriteAllTextAsync(running.File("earlier.dump"), "earlier", Ct);
        var refused = await Assert.ThrowsAsync<PostgresUnavailableException>(
            () => Backup.DumpAsync(running.Database("practice"), running.File("earlier.dump"), Ct));
        Assert.Contains("writes over nothing", refused.Message, StringComparison.Ordinal);
        Assert.Equal("earlier", await File.ReadAllTextAsync(running.File("earlier.dump"), Ct));
    }

    [Fact]
    public async Task A_damaged_file_leaves_no_half_restored_database()
    {
        await Backup.DumpAsync(running.Database("practice"), running.File("damaged.dump"), Ct);
        await using (var file = File.Open(running.File("damaged.dump"), FileMode.Open))
        {
            file.SetLength(file.Length * 3 / 4);
        }

        await Assert.ThrowsAsync<PostgresUnavailableException>(() => Backup.RestoreAsync(running.Database("half"), running.File("damaged.dump"), Ct));
        Assert.False(await ExistsAsync("half"));
    }

    [Fact]
    public async Task A_database_that_is_there_is_never_restored_over()
    {
        await Backup.DumpAsync(running.Database("practice"), running.File("over.dump"), Ct);
        var refused = await Assert.ThrowsAsync<PostgresUnavailableException>(
            () => Backup.RestoreAsync(running.Database("practice"), running.File("over.dump"), Ct));
        Assert.Contains("already exists", refused.Message, StringComparison.Ordinal);
        Assert.Equal(500L, await Cluster.AskAsync<long>(running.Database("practice"), "select count(*) from patients.patient"));
    }

    [Fact]
    public async Task A_cancelled_backup_ends_its_tool_and_leaves_no_file()
    {
        // The lock keeps pg_dump waiting for as long as the test wants.
        await using var source = NpgsqlDataSource.Create(running.Database("practice"));
        await using var connection = await source.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using var locking = new NpgsqlCommand("lock table patients.patient in access exclusive mode", connection, transaction);
        await locking.ExecuteNonQueryAsync(Ct);

        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var dump = Backup.DumpAsync(running.Database("practice"), running.File("cancelled.dump"), cancel.Token);
        await Cluster.UntilAsync(() => Waiting() > 0, "pg_dump waits for the lock");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dump);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(running.File("x"))!, "cancelled*"));

        long Waiting()
        {
            using var command = source.CreateCommand("select count(*) from pg_stat_activity where application_name = 'pg_dump' and wait_event_type = 'Lock'");
            return (long)command.ExecuteScalar()!;
        }
    }

    private async Task<bool> ExistsAsync(string database) =>
        await Cluster.AskAsync<long>(running.Database("postgres"), $"select count(*) from pg_database where datname = '{database}'") > 0;
}
