using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Patients;
using Modular.Patients.Imports;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

public sealed class ImportTests(SharedHost shared)
{
    private sealed class Defaults : ISettings<PatientsSettings>
    {
        public ValueTask<PatientsSettings> GetAsync(Guid? locationId = null, CancellationToken ct = default) => new(new PatientsSettings());
    }

    private static PatientImport Kind(PatientRows rows) => new(rows.Db, rows.Services.GetRequiredService<IMessageBus>(), new Defaults(), TimeProvider.System, rows.Services.GetRequiredService<IPractice>());

    private static async Task<List<(ImportRow Row, ImportResult Result)>> RunAsync(PatientRows rows, IReadOnlyList<ImportRow> file, bool dryRun = false)
    {
        var kind = Kind(rows);
        await kind.PrepareAsync(file, dryRun, default);
        var results = new List<(ImportRow, ImportResult)>();
        foreach (var row in file)
        {
            results.Add((row, await kind.ApplyAsync(row, dryRun, default)));
        }

        if (!dryRun)
        {
            await kind.SaveAsync(default);
        }

        return results;
    }

    private static async Task<List<string?>> UndoAsync(PatientRows rows, IEnumerable<ImportResult> results)
    {
        var kind = Kind(rows);
        var imported = results.Where(r => r.Outcome is ImportOutcome.Created or ImportOutcome.Updated)
            .Select(r => new ImportedRow(r.EntityId!.Value, r.Outcome == ImportOutcome.Created, r.Version, r.Before)).Reverse().ToList();
        await kind.PrepareUndoAsync(imported, default);
        var answers = new List<string?>();
        foreach (var row in imported)
        {
            answers.Add(await kind.UndoAsync(row, default));
        }

        await kind.SaveAsync(default);
        return answers;
    }

    private static ImportRow Row(int number, string id, params (string Field, string Value)[] values)
    {
        var cells = new Dictionary<string, string> { ["source_id"] = id, ["last_name"] = "Quist", ["first_name"] = "Nora", ["birth_date"] = "1948-01-05" };
        foreach (var (field, value) in values)
        {
            cells[field] = value;
        }

        return new(number, cells);
    }

    /// <summary>Every row of the tables as text, without the version and when it grew: an undone update counts up, because others must learn of it.</summary>
    private static async Task<string> TablesAsync(PatientRows rows) => string.Join("\n",
    [
        .. await rows.Db.Database.SqlQuery<string>($"select (to_jsonb(p) - 'version' - 'changed_at')::text as \"Value\" from patients.patients p order by id").ToListAsync(),
        .. await rows.Db.Database.SqlQuery<string>($"select (to_jsonb(e) - 'version' - 'id')::text as \"Value\" from patients.external_ids e order by patient_id, kind, value").ToListAsync(),
    ]);

    /// <summary>The sample's rows under the field that the kind's own heading list gives each column.</summary>
    private static List<ImportRow> Sample()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        while (here is not null && !File.Exists(Path.Combine(here.FullName, "shared", "data", "csv", "patients.csv")))
        {
            here = here.Parent;
        }

        Assert.SkipWhen(here is null, "The sample folder shared/data/csv is not beside this checkout.");
        var lines = File.ReadAllLines(Path.Combine(here!.FullName, "shared", "data", "csv", "patients.csv"));
        var fields = lines[0].Split(',').Select(heading => PatientImportColumns.All.FirstOrDefault(f => string.Equals(f.Id, heading, StringComparison.OrdinalIgnoreCase) || f.Names?.Contains(heading, StringComparer.OrdinalIgnoreCase) == true)?.Id).ToArray();
        return [.. lines.Skip(1).Select((line, i) => new ImportRow(i + 2, line.Split(',').Select((value, column) => (Field: fields[column], value)).Where(c => c.Field is not null).ToDictionary(c => c.Field!, c => c.value)))];
    }

    [Fact]
    public async Task The_sample_of_another_system_is_taken_whole_a_second_time_changes_nothing_and_undo_leaves_the_tables_as_they_were()
    {
        var file = Sample();
        await using var host = await TestHost.StartAsync();
        await using var rows = new PatientRows(host);
        var before = await TablesAsync(rows);

        Assert.All(await RunAsync(rows, file, dryRun: true), r => Assert.Equal(ImportOutcome.Created, r.Result.Outcome));
        Assert.Equal(before, await TablesAsync(rows));

        var results = await RunAsync(rows, file);
        Assert.Equal(27, results.Count(r => r.Result.Outcome == ImportOutcome.Created));
        var first = await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.SourceId == "3edac2e3-d223-6fae-d515-daf96ef6bc76");
        Assert.Equal(("Maynard46", "Mosciski958", new DateOnly(2014, 10, 6), "M"), (first.FirstName, first.LastName, first.BirthDate, first.Sex));
        Assert.Equal(("MA", "02155", "5017", "nonhispanic", "Boston Massachusetts US"), (first.State, first.Zip, first.SsnLast4, first.Ethnicity, first.Birthplace));
        var married = await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.FirstName == "Jetta614");
        Assert.Equal(("married", "Mrs.", "F"), (married.Marital, married.Prefix, married.Sex));
        Assert.Equal(["Conroy74"], married.FormerNames);
        Assert.Equal(new DateOnly(1976, 7, 25), (await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.FirstName == "Gene733")).DeceasedOn);

        Assert.All(await RunAsync(rows, file), r => Assert.Equal(ImportOutcome.Unchanged, r.Result.Outcome));

        Assert.All(await UndoAsync(rows, results.Select(r => r.Result)), Assert.Null);
        Assert.Equal(before, await TablesAsync(rows));
    }

    [Fact]
    public async Task A_second_file_updates_by_source_id_keeps_what_it_does_not_mention_and_is_undone_to_the_letter()
    {
        await using var rows = new PatientRows(shared.Host);
        var id = Guid.NewGuid().ToString();
        await RunAsync(rows, [Row(2, id, ("email", "nora@example.com"), ("passport", "X1"), ("former_names", "Holm, Olsen"))]);
        async Task<string> Now() => (await TablesAsync(rows)).Split('\n').Where(line => line.Contains(id) || line.Contains("\"X1\"") || line.Contains("\"X2\"")).Aggregate("", (a, b) => a + b);
        var before = await Now();

        var results = await RunAsync(rows, [Row(2, id, ("city", "Salem"), ("passport", "X2"))]);

        Assert.Equal(ImportOutcome.Updated, Assert.Single(results).Result.Outcome);
        var patient = await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.SourceId == id);
        Assert.Equal(("Salem", "nora@example.com", 2), (patient.City, patient.Email, patient.Version));
        Assert.Equal(results[0].Result.Version, patient.Version);
        Assert.All(await UndoAsync(rows, results.Select(r => r.Result)), Assert.Null);
        Assert.Equal(before, await Now());
    }

    [Fact]
    public async Task A_patient_who_was_changed_or_used_since_stays_and_says_why()
    {
        await using var rows = new PatientRows(shared.Host);
        var (changed, covered) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var results = await RunAsync(rows, [Row(2, changed), Row(3, covered)]);
        (await rows.Db.Patients.SingleAsync(p => p.SourceId == changed)).City = "Lynn";
        var payer = new Modular.Patients.Coverages.Payer { Name = PatientRows.Tag() };
        rows.Db.AddRange(payer, new Modular.Patients.Coverages.Coverage { PatientId = results[1].Result.EntityId!.Value, PayerId = payer.Id, MemberId = "1", EffectiveFrom = new(2026, 1, 1) });
        await rows.Db.SaveChangesAsync();
        rows.Db.ChangeTracker.Clear();

        var answers = await UndoAsync(rows, results.Select(r => r.Result));

        Assert.Equal(["Nora Quist has visits, coverage or documents by now.", "Nora Quist was changed after the import."], answers);
    }

    [Fact]
    public async Task Each_wrong_cell_is_named_by_its_column_with_a_sentence()
    {
        await using var rows = new PatientRows(shared.Host);
        var good = Guid.NewGuid().ToString();

        var results = await RunAsync(rows,
        [
            Row(2, Guid.NewGuid().ToString(), ("birth_date", "soon"), ("state", "Quebec"), ("sex", "?"), ("mobile_phone", "12")),
            Row(3, good), Row(4, good),
            new(5, new Dictionary<string, string> { ["last_name"] = "Quist", ["first_name"] = "Nora", ["birth_date"] = "1948-01-05" }),
        ], dryRun: true);

        Assert.Equal(["birth_date", "sex", "state", "mobile_phone"], results[0].Result.Errors!.Select(e => e.Field));
        Assert.Equal(ImportOutcome.Created, results[1].Result.Outcome);
        Assert.Equal("Row 3 has the same id; a file tells of a patient once.", Assert.Single(results[2].Result.Errors!).Sentence);
        Assert.Equal("source_id", Assert.Single(results[3].Result.Errors!).Field);
    }

    [Fact]
    public async Task A_spreadsheet_that_dropped_the_leading_zero_of_a_zip_gets_it_back()
    {
        await using var rows = new PatientRows(shared.Host);
        var id = Guid.NewGuid().ToString();

        await RunAsync(rows, [Row(2, id, ("zip", "2155"), ("marital", "S"), ("sex", "female"))]);

        var patient = await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.SourceId == id);
        Assert.Equal(("02155", "single", "F"), (patient.Zip, patient.Marital, patient.Sex));
    }
}
