using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.FirstRun;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Cli;

public sealed class BackupTests
{
    [Fact]
    public async Task A_restored_copy_has_every_row_every_file_and_the_audit_chain_and_speaks_to_nobody()
    {
        await using var host = await TestHost.StartAsync();
        var (north, server) = (host.North, host.Services.GetRequiredService<DatabaseServer>());
        var fileId = await StoreFileAsync(host);
        await host.Services.GetRequiredService<AuditSealer>().SealAsync(north, default);
        await using (var waiting = north.Database.CreateCommand("""
            insert into bus.parked (id, status, owner_id, execution_time, body, message_type, received_at, seq, module, bulk, filling)
            values (gen_random_uuid(), 'Incoming', 0, now(), bus.envelope(gen_random_uuid(), 'nobody.waits.v1', '{}', now(), 'somebody', null, gen_random_uuid(), null, null, null),
                'nobody.waits.v1', 'local://nobody.listens/', 1, 'nobody', false, false)
            """))
        {
            await waiting.ExecuteNonQueryAsync();
        }

        var folder = Directory.CreateTempSubdirectory("backup");
        var file = Path.Combine(folder.FullName, "north.backup");

        await Backup.DumpAsync(server.ConnectionString(north.Row.DatabaseName), file, default);
        var copy = await host.Services.GetRequiredService<PracticeMaker>().RestoreAsync(file, "copy", null, default);

        Assert.NotEqual(north.Id, copy.Id);
        Assert.True(copy.Row.OutboundHeld);
        Assert.Equal(await CountsAsync(north), await CountsAsync(copy));
        await using var kept = copy.Database.CreateCommand("select count(*) from bus.inbox where queue = 'nobody.listens' and status = 'parked'");
        Assert.Equal(1L, await kept.ExecuteScalarAsync());
        Assert.Equal("the same words", await ReadFileAsync(host, copy, fileId));
        var report = await host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(copy);
        Assert.True(report.Intact, string.Join("\n", report.Faults.Select(f => f.Sentence)));
        Assert.True(report.Entries > 0);
        folder.Delete(recursive: true);
    }

    private static async Task<Guid> StoreFileAsync(TestHost host)
    {
        await using var scope = host.Scope(host.North);
        var stored = await scope.ServiceProvider.GetRequiredService<IFiles>().SaveAsync(
            new MemoryStream(Encoding.UTF8.GetBytes("the same words")), "note.txt", new("core.practice.manage"), default);
        scope.ServiceProvider.GetRequiredService<IAccessLog>().Viewed(Guid.CreateVersion7(), "chart");
        await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
        return stored.Id;
    }

    private static async Task<string> ReadFileAsync(TestHost host, Practice practice, Guid id)
    {
        await using var scope = host.Scope(practice);
        using var reader = new StreamReader(await scope.ServiceProvider.GetRequiredService<IFiles>().OpenAsync(id));
        return await reader.ReadToEndAsync();
    }

    /// <summary>Rows of every table; sessions, sign-in attempts and the occurrences of jobs in the inbox excepted, which the running host may write meanwhile.</summary>
    private static async Task<SortedDictionary<string, long>> CountsAsync(Practice practice)
    {
        await using var tables = practice.Database.CreateCommand("""
            select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables
            where schemaname not in ('pg_catalog', 'information_schema') and tablename not in ('sessions', 'sign_in_attempts') and (schemaname, tablename) <> ('bus', 'inbox')
            """);
        var names = new List<string>();
        await using (var reader = await tables.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                names.Add(reader.GetString(0));
            }
        }

        var counts = new SortedDictionary<string, long>();
        foreach (var name in names)
        {
            await using var count = practice.Database.CreateCommand($"select count(*) from {name}");
            counts[name] = (long)(await count.ExecuteScalarAsync())!;
        }

        return counts;
    }
}
