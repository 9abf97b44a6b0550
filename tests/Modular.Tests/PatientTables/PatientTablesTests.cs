using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.PatientTables;

/// <summary>
/// Every registered table is filled for two patients, then merged, exported, taken back with identical rows, and erased.
/// A table that nobody fills here fails the test: a merge that forgets a table loses a patient's data (openmrs-core#6194).
/// </summary>
public sealed class PatientTablesTests(PatientTablesTests.OwnHost own) : IClassFixture<PatientTablesTests.OwnHost>
{
    /// <summary>Erasing is not for a host that others use.</summary>
    public sealed class OwnHost : IAsyncLifetime
    {
        public TestHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    private readonly TestHost host = own.Host;

    private static readonly Guid Kept = Guid.CreateVersion7(), Gone = Guid.CreateVersion7();

    [Fact]
    public async Task Two_patients_are_merged_exported_taken_back_and_erased_in_every_table()
    {
        await using var connection = await host.North.Database.OpenConnectionAsync();
        await PlantAsync(connection);
        var tables = await TablesAsync(connection);
        foreach (var table in tables)
        {
            Assert.True(await CountAsync(connection, table, Kept) > 0 && await CountAsync(connection, table, Gone) > 0,
                $"{table.Schema}.{table.Name} ({table.Column}) is registered and has no row here: add one to a class of PatientTableRows.");
        }

        var before = await SnapshotAsync(connection, tables);
        var merge = await RunAsync(r => r.MergeAsync(Kept, Gone, "same license"));
        await MergedAsync(connection, tables);
        await ExportedAsync();

        var undone = await RunAsync(r => r.UndoMergeAsync(merge.Id));
        Assert.Equal((Kept, Gone, 0), (undone.KeptId, undone.GoneId, undone.Missing));
        Assert.Equal(before, await SnapshotAsync(connection, tables));

        await RunAsync(r => r.EraseAsync(Gone, "the period is over"));
        foreach (var table in tables)
        {
            Assert.True(await CountAsync(connection, table, Gone) == 0, $"{table.Schema}.{table.Name} still has the erased patient.");
            Assert.True(await CountAsync(connection, table, Kept) > 0, $"{table.Schema}.{table.Name} lost the other patient.");
        }
    }

    [Fact]
    public async Task A_row_written_late_for_a_merged_id_goes_to_the_record_that_was_kept_and_stays_there_after_the_undo()
    {
        await using var connection = await host.South.Database.OpenConnectionAsync();
        await PlantAsync(connection);
        var merge = await RunAsync(r => r.MergeAsync(Kept, Gone, "same license"), south: true);

        await ExecuteAsync(connection, "insert into patients.alerts (id, patient_id, kind, text, from_date, added_by) values ($1, $2, 'other', 'late', '2026-01-01', 'x')", Guid.CreateVersion7(), Gone);

        Assert.Equal(Kept, await ScalarAsync(connection, "select patient_id from patients.alerts where text = 'late'"));
        var undone = await RunAsync(r => r.UndoMergeAsync(merge.Id), south: true);
        Assert.Contains(("patients", "alerts", 1), undone.Since);
        Assert.Equal(Kept, await ScalarAsync(connection, "select patient_id from patients.alerts where text = 'late'"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(r => r.UndoMergeAsync(merge.Id), south: true));
    }

    private static async Task MergedAsync(NpgsqlConnection connection, List<Table> tables)
    {
        var stays = await ScalarAsync(connection, "select count(*) from core.patient_merge_rows where action = 'stays'");
        Assert.Equal(1L, stays); // the primary coverage of the same days; everything else went over or was the same in both
        foreach (var table in tables.Where(t => t.OnMerge != "keep" && t.Key != "patients.coverages.patient_id"))
        {
            Assert.True(await CountAsync(connection, table, Gone) == 0, $"{table.Key} kept rows of the merged patient.");
        }

        Assert.Equal(2, await CountAsync(connection, tables.Find(t => t.Key == "scheduling.visits.patient_id")!, Kept));
    }

    private async Task ExportedAsync()
    {
        using var file = new MemoryStream();
        await RunAsync(async r =>
        {
            await r.ExportAsync(Kept, "Row, Table <1>", file);
            return true;
        });
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        using var json = JsonDocument.Parse(await ReadAsync(zip, "patient.json"));
        Assert.Equal(2, json.RootElement.GetProperty("modules").GetProperty("scheduling").GetProperty("visits").GetArrayLength());
        var page = await ReadAsync(zip, "patient.html");
        Assert.Contains("<h2>Scheduling</h2>", page);
        Assert.Contains("Row, Table &lt;1&gt;", page);
        Assert.Equal(2, zip.Entries.Count(e => e.FullName.StartsWith("files/", StringComparison.Ordinal)));
    }

    private static async Task<string> ReadAsync(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(await zip.GetEntry(name)!.OpenAsync());
        return await reader.ReadToEndAsync();
    }

    private async Task<T> RunAsync<T>(Func<IPatientRecords, Task<T>> use, bool south = false)
    {
        await using var scope = host.Scope(south ? host.South : host.North);
        var done = await use(scope.ServiceProvider.GetRequiredService<IPatientRecords>());
        await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
        return done;
    }

    private static async Task PlantAsync(NpgsqlConnection connection)
    {
        // Two others, for the rows that name a second patient.
        await ExecuteAsync(connection, """
            insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at)
            values ($1, 'X-1', 'Other', 'One', '1970-01-01', 'F', now()), ($2, 'Y-1', 'Other', 'Two', '1970-01-01', 'F', now())
            """, new Guid("00000000-0000-0000-0000-000000000001"), new Guid("ffffffff-0000-7000-8000-000000000001"));
        var modules = typeof(PatientTableRows).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PatientTableRows)) && !t.IsAbstract)
            .Select(t => (PatientTableRows)Activator.CreateInstance(t)!).OrderBy(m => m.Order).ToList();
        foreach (var module in modules)
        {
            await module.PlantAsync(connection, Kept, 1);
            await module.PlantAsync(connection, Gone, 2);
        }
    }

    private sealed record Table(string Schema, string Name, string Column, string OnMerge)
    {
        public string Key => $"{Schema}.{Name}.{Column}";
    }

    private static async Task<List<Table>> TablesAsync(NpgsqlConnection connection) => await connection.QueryAsync(
        "select schema_name, table_name, patient_column, on_merge from core.present_patient_tables()", [], r => new Table(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3)), default);

    /// <summary>Every row of both patients as text, except the merge's own book-keeping and the change log, which grow.</summary>
    private static async Task<Dictionary<string, List<string>>> SnapshotAsync(NpgsqlConnection connection, List<Table> tables)
    {
        var rows = new Dictionary<string, List<string>>();
        foreach (var t in tables.Where(t => t.Schema != "audit" && t.Name != "patient_merges"))
        {
            rows[t.Key] = await connection.QueryAsync($"select to_jsonb(x)::text from {t.Schema}.{t.Name} x where {t.Column} in ($1, $2) order by 1", [Kept, Gone], r => r.GetString(0), default);
        }

        return rows;
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, Table t, Guid patient) =>
        (long)(await ScalarAsync(connection, $"select count(*) from {t.Schema}.{t.Name} where {t.Column} = $1", patient))!;

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = connection.Command(sql, values);
        return await command.ExecuteScalarAsync();
    }

    private static Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values) => connection.ExecuteAsync(sql, values, default);
}
