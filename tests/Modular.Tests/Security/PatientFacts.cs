using Modular.Host.Practices;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Security;

/// <summary>
/// Puts words that stand on no page into everything the practice knows of its planted patients: into every text of every registered patient
/// table, so that the table of tomorrow is among them. An answer with such a word shows a patient.
/// </summary>
public sealed class PatientFacts(Practice practice)
{
    /// <summary>Asked for in other letters, so that a page that repeats the question, or begins a name with it, shows no fact by it.</summary>
    public const string Asked = "zqfact";

    // What a row is, where it belongs and how it is found is no fact of the patient.
    private static readonly string[] Kept =
        ["permission", "link", "module", "kind", "role", "zone", "status", "step", "stage", "urgency", "provider_name", "specialist_name", "language", "sex", "to_role"];

    public IReadOnlyList<Guid> Patients { get; private set; } = [];

    /// <summary>A document of one of them.</summary>
    public Guid File { get; } = Guid.Parse("00000000-0000-7000-8000-0000000000f1");

    /// <summary>How many columns took a fact.</summary>
    public int Columns { get; private set; }

    /// <summary>The patient whom the samples of other modules are about; <see cref="Url"/> puts it into their addresses.</summary>
    private readonly Dictionary<Guid, Guid> moved = [];

    public static bool In(string answer) => answer.Contains("zQfact", StringComparison.Ordinal) || answer.Contains("7779900", StringComparison.Ordinal)
        || answer.Contains("(777) 990", StringComparison.Ordinal);

    public string Url(string url) => moved.Aggregate(url, (u, m) => u.Replace($"patient={m.Key}", $"patient={m.Value}", StringComparison.Ordinal)
        .Replace($"next-visits/{m.Key}", $"next-visits/{m.Value}", StringComparison.Ordinal));

    public async Task PlantAsync()
    {
        var tables = await ReadAsync("select schema_name, table_name, patient_column from core.patient_tables where schema_name not in ('audit', 'core')");
        await MoveAsync(tables);
        Patients = [.. (await ReadAsync("select id::text, '', '' from patients.patients")).Select(r => Guid.Parse(r.Schema))];
        tables = [.. tables, .. await ReadAsync("select schema_name, table_name, patient_column from core.patient_tables where schema_name = 'core' and table_name in ('search', 'tasks')")];
        await EntriesAsync();
        foreach (var (schema, table, column) in tables)
        {
            foreach (var (text, _, _) in await ReadAsync($"""
                select column_name, '', '' from information_schema.columns where table_schema = '{schema}' and table_name = '{table}' and data_type = 'text'
                and is_generated = 'NEVER' and column_name <> '{column}'
                """))
            {
                Columns += !Kept.Contains(text) && await FillAsync(schema, table, column, text) ? 1 : 0;
            }
        }

        await TryAsync("update scheduling.patients set find = ' zqfact'; update referrals.patients set find = ' zqfact'; update core.search set words = 'zqfact'");
    }

    /// <summary>Patients of other modules get a row of their own among the patients, under an id that no other row has.</summary>
    private async Task MoveAsync(IReadOnlyList<(string Schema, string Table, string Column)> tables)
    {
        foreach (var (id, _, _) in await ReadAsync("select id::text, '', '' from scheduling.patients union select id::text, '', '' from referrals.patients"))
        {
            var to = moved[Guid.Parse(id)] = Guid.CreateVersion7();
            await TryAsync($"""
                insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at) values ('{to}', 'M-{to.ToString()[^8..]}', 'x', 'x', '1980-01-01', 'F', now())
                """);
            foreach (var (schema, table, column) in tables.Where(t => t.Schema != "patients"))
            {
                Assert.True(await TryAsync($"update {schema}.{table} set {column} = '{to}' where {column} = '{id}'"), $"{schema}.{table}");
            }
        }
    }

    /// <summary>Search and tasks as the modules write them with a save, which rows planted by SQL never had.</summary>
    private async Task EntriesAsync()
    {
        foreach (var patient in Patients)
        {
            Assert.True(await TryAsync($"""
                insert into core.search (module, kind, entity_id, title, detail, link, permission, patient_id, words)
                    values ('patients', 'patient', '{patient}', 'x', 'x', '/', 'patients.patient.read', '{patient}', 'x'),
                           ('scheduling', 'visit', gen_random_uuid(), 'x', 'x', '/', 'scheduling.visit.read', '{patient}', 'x');
                insert into core.tasks (id, module, kind, entity_id, title, link, permission, patient_id, urgent, created_at)
                    values (gen_random_uuid(), 'patients', 'planted', '{patient}', 'x', '/', 'patients.patient.read', '{patient}', false, now())
                """));
        }
    }

    private async Task<bool> FillAsync(string schema, string table, string patient, string column)
    {
        var of = $"where {patient} = any('{{{string.Join(',', Patients)}}}'::uuid[])";
        return await TryAsync($"update {schema}.{table} set \"{column}\" = 'zQfact{Columns}' {of}") || await TryAsync($"update {schema}.{table} set \"{column}\" = '7779900{Columns:000}' {of}");
    }

    public async Task<bool> TryAsync(string sql)
    {
        try
        {
            await using var command = practice.Database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.CheckViolation or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation)
        {
            // A word of a list, a number with a form of its own.
            return false;
        }
    }

    private async Task<List<(string Schema, string Table, string Column)>> ReadAsync(string sql)
    {
        await using var command = practice.Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string, string, string)>();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return rows;
    }
}
