using System.Diagnostics;
using System.Globalization;
using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using Npgsql;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>
/// The patients of another system's file, checked and taken in by the command an administrator types, until each is found by the search.
/// The ceiling copies the same rows into patients and search by hand, without any rule.
/// </summary>
public static class ImportFile
{
    public static async Task<IReadOnlyList<Row>> MeasureAsync(Site site, PracticeData from, string hostAssembly, string folder, Options options)
    {
        const string slug = "imported";
        var file = Path.Combine(folder, "patients.csv");
        await WriteAsync(site, from, file);
        await site.AddPracticesAsync(slug);
        await using var database = site.Database(Site.DatabaseOf(slug));
        await using (var any = database.CreateCommand("select exists (select from patients.patients)"))
        {
            if (await any.ExecuteScalarAsync() is true)
            {
                throw new InvalidOperationException($"A run before left the practice {slug}; choose another --work.");
            }
        }

        var watch = Stopwatch.StartNew();
        await VerbAsync("import", slug, "patients.patient", file);
        var ours = watch.Elapsed;
        await using var found = database.CreateCommand("select count(*) from core.search where module = 'patients'");
        if (await found.ExecuteScalarAsync() is not long count || count != options.Patients)
        {
            throw new InvalidOperationException($"Not all {options.Patients} patients of the file are found by the search.");
        }

        var told = await ToldAsync(site, database);
        var bare = await CopyAsync(database);
        NpgsqlConnection.ClearAllPools();
        await VerbAsync("practice", "suspend", slug);
        await VerbAsync("practice", "delete", slug, "--confirm", slug);
        return [new($"Import of {options.Patients:N0} patients, checked, taken in and searchable", Seconds(ours.TotalSeconds), $"{Seconds(bare.TotalSeconds)} (rows copied by SQL)", Times(ours / bare), "≤ 60 s", ours.TotalSeconds <= 60),
            new("…and known to the other modules, from the start of a host", Seconds(told.TotalSeconds))];

        Task VerbAsync(params string[] words) => Command.RunAsync("dotnet", [hostAssembly, .. words, "--connection", site.Connection, "--data", site.Folder]);
    }

    /// <summary>What the import published is a serving host's to handle.</summary>
    private static async Task<TimeSpan> ToldAsync(Site site, NpgsqlDataSource database)
    {
        await using var waiting = database.CreateCommand("select exists (select from bus.wolverine_incoming_envelopes where bulk and status <> 'Handled')");
        var watch = Stopwatch.StartNew();
        await using var host = site.StartHost();
        while (await waiting.ExecuteScalarAsync() is true)
        {
            await Task.Delay(100);
        }

        return watch.Elapsed;
    }

    private static async Task WriteAsync(Site site, PracticeData from, string file)
    {
        await using var database = site.Database(from.Database);
        await using var command = database.CreateCommand("select record_number, last_name, first_name, birth_date, sex, address, city, state, zip, mobile_phone, email from patients.patients order by id");
        await using var row = await command.ExecuteReaderAsync();
        await using var csv = new StreamWriter(file);
        await csv.WriteLineAsync("id,last_name,first_name,birth_date,sex,address,city,state,zip,mobile_phone,email");
        while (await row.ReadAsync())
        {
            await csv.WriteLineAsync(string.Join(',', Enumerable.Range(0, 11).Select(i => i == 3
                ? row.GetFieldValue<DateOnly>(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : row.GetString(i))));
        }
    }

    private static async Task<TimeSpan> CopyAsync(NpgsqlDataSource database)
    {
        var watch = TimeSpan.Zero;
        foreach (var table in new[] { "patients.patients", "core.search" })
        {
            await using var columns = database.CreateCommand("""
                select string_agg(quote_ident(attname), ', ') from pg_attribute
                where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
                """);
            columns.Parameters.Add(new() { Value = table });
            var all = (string)(await columns.ExecuteScalarAsync())!;
            await using var copy = database.CreateCommand($"create table public.bare_{table.Split('.')[1]} (like {table} including all); insert into public.bare_{table.Split('.')[1]} ({all}) select {all} from {table}");
            copy.CommandTimeout = 600;
            var began = Stopwatch.GetTimestamp();
            await copy.ExecuteNonQueryAsync();
            watch += Stopwatch.GetElapsedTime(began);
        }

        return watch;
    }
}
