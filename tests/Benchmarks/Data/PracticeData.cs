using System.Diagnostics;
using Modular.Benchmarks.Running;
using Npgsql;

namespace Modular.Benchmarks.Data;

/// <param name="Day">The day whose page is measured: today when the data was made.</param>
public sealed record PracticeData(string Slug, DateOnly Day, int Patients, int Visits)
{
    public string Database => Site.DatabaseOf(Slug);

    public string DayPage => $"/scheduling/days/{Day:yyyy-MM-dd}?location={Site.Main}";

    /// <summary>Ids as practice.sql makes them.</summary>
    public static Guid Patient(int number) => new($"01900001-0000-7000-8000-{number:x12}");

    public static Guid Provider(int number) => new($"01900002-0000-7000-8000-{number:x12}");

    public static Guid Type(int number) => new($"01900006-0000-7000-8000-{number:x12}");

    /// <summary>Fills the practice's database unless it is full already.</summary>
    public static async Task<PracticeData> EnsureAsync(Site site, string slug, int patients, int visits)
    {
        await using var database = site.Database(Site.DatabaseOf(slug));
        if (await ReadAsync(database, slug) is { } there)
        {
            return there.Patients == patients && there.Visits == visits
                ? there
                : throw new InvalidOperationException($"The practice {slug} of this folder holds {there.Patients} patients; choose another --work.");
        }

        Console.Error.WriteLine($"Making {patients:N0} patients and {visits:N0} visits");
        var watch = Stopwatch.StartNew();
        await using var connection = await database.OpenConnectionAsync();
        // Rows first, indexes after: a third of the time.
        var indexes = await DropIndexesAsync(connection);
        await RunAsync(connection, Sql("practice.sql").Replace(":patients", patients.ToString()).Replace(":visits", visits.ToString()));
        foreach (var index in indexes)
        {
            await RunAsync(connection, index);
        }

        await RunAsync(connection, "vacuum analyze");
        await RunAsync(connection, "checkpoint");
        Console.Error.WriteLine($"Made in {watch.Elapsed.TotalSeconds:0} s");
        return (await ReadAsync(database, slug))!;
    }

    /// <summary>Adds the dense day and the patient with a thousand visits, unless they are there.</summary>
    public async Task EnsureDenseAsync(Site site)
    {
        await using var database = site.Database(Database);
        await using var connection = await database.OpenConnectionAsync();
        await RunAsync(connection, Sql("dense.sql"));
    }

    private static async Task<PracticeData?> ReadAsync(NpgsqlDataSource database, string slug)
    {
        await using var command = database.CreateCommand("select to_regclass('public.benchmark') is not null");
        if (await command.ExecuteScalarAsync() is not true)
        {
            return null;
        }

        await using var made = database.CreateCommand("select day, patients, visits from public.benchmark");
        await using var row = await made.ExecuteReaderAsync();
        return await row.ReadAsync() ? new(slug, row.GetFieldValue<DateOnly>(0), row.GetInt32(1), row.GetInt32(2)) : null;
    }

    private static async Task<List<string>> DropIndexesAsync(NpgsqlConnection connection)
    {
        var (definitions, drops) = (new List<string>(), new List<string>());
        await using (var command = new NpgsqlCommand("""
            select pg_get_indexdef(i.indexrelid), i.indexrelid::regclass::text from pg_index i
            where i.indrelid = any('{patients.patients, core.search, scheduling.patients, scheduling.visits}'::regclass[])
              and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
            """, connection))
        await using (var row = await command.ExecuteReaderAsync())
        {
            while (await row.ReadAsync())
            {
                definitions.Add(row.GetString(0));
                drops.Add($"drop index {row.GetString(1)}");
            }
        }

        await RunAsync(connection, string.Join(';', drops));
        return definitions;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Sql(string name)
    {
        using var reader = new StreamReader(typeof(PracticeData).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
