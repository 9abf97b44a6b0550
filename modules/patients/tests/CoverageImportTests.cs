using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Patients.Coverages;
using Modular.Patients.Imports;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>Payers and coverage of the old system: who paid, when, and whose policy it was.</summary>
public sealed class CoverageImportTests(SharedHost shared)
{
    [Fact]
    public async Task The_payers_and_coverages_of_the_sample_are_taken_whole_twice_changes_nothing_and_undo_leaves_nothing()
    {
        Assert.SkipWhen(Repository.Sample("csv/payers.csv") is null, "The sample folder shared/data/csv is not beside this checkout.");
        await using var host = await TestHost.StartAsync();
        await using var rows = new PatientRows(host);
        await AddPatientsAsync(rows, Sample("patients", new() { ["Id"] = "source_id" }).Select(r => r["source_id"]!));
        var payers = Sample("payers", new() { ["Id"] = "source_id", ["NAME"] = "name", ["ADDRESS"] = "address", ["CITY"] = "city", ["STATE_HEADQUARTERED"] = "state", ["ZIP"] = "zip", ["PHONE"] = "phone" });
        var coverages = Sample("payer_transitions", new()
        {
            ["PATIENT"] = "patient", ["MEMBERID"] = "member_id", ["START_YEAR"] = "from", ["END_YEAR"] = "to", ["PAYER"] = "payer",
            ["SECONDARY_PAYER"] = "secondary_payer", ["OWNERSHIP"] = "relationship", ["OWNERNAME"] = "subscriber",
        });

        var first = await RunAsync(new PayerImport(rows.Db, TimeProvider.System, Practice(rows)), payers);
        Assert.All(first, r => Assert.Equal(ImportOutcome.Created, r.Outcome));
        var aetna = await rows.Db.Payers.AsNoTracking().SingleAsync(p => p.Name == "Aetna");
        Assert.Equal(("CT", "06156", "8008723862"), (aetna.State, aetna.Zip, aetna.Phone));
        Assert.False((await rows.Db.Payers.AsNoTracking().SingleAsync(p => p.Name == "NO_INSURANCE")).Active);
        Assert.All(await RunAsync(new PayerImport(rows.Db, TimeProvider.System, Practice(rows)), payers), r => Assert.Equal(ImportOutcome.Unchanged, r.Outcome));

        var dry = await RunAsync(Kind(rows), coverages, dryRun: true);
        Assert.Equal(0, await rows.Db.Coverages.CountAsync());
        var results = await RunAsync(Kind(rows), coverages);
        Assert.Equal(dry.Select(r => r.Outcome), results.Select(r => r.Outcome));
        Assert.DoesNotContain(ImportOutcome.Refused, results.Select(r => r.Outcome));
        // 258 rows tell of days without insurance, and one of a change within a day; seven tell of a second payer.
        var made = results.Count(r => r.Outcome == ImportOutcome.Created);
        Assert.InRange(made, 792, 793);
        Assert.Equal(made + 7, await rows.Db.Coverages.CountAsync());
        var child = await rows.Db.Coverages.AsNoTracking().SingleAsync(c => c.MemberId == "2277431c-b682-4a3d-2990-8bef6f1bd4f9");
        Assert.Equal(("child", "Gail741 Mosciski958", new DateOnly(2014, 10, 14), new DateOnly(2015, 10, 19)), (child.Relationship, child.SubscriberName, child.EffectiveFrom, child.EffectiveTo));
        Assert.All(await RunAsync(Kind(rows), coverages), r => Assert.Equal(ImportOutcome.Unchanged, r.Outcome));

        Assert.All(await UndoAsync(Kind(rows), results), Assert.Null);
        Assert.Equal(0, await rows.Db.Coverages.CountAsync());
        Assert.All(await UndoAsync(new PayerImport(rows.Db, TimeProvider.System, Practice(rows)), first), Assert.Null);
        Assert.Equal(0, await rows.Db.Payers.CountAsync());
    }

    [Fact]
    public async Task A_row_that_overlaps_or_names_somebody_unknown_is_refused_by_its_field_also_in_the_dry_run()
    {
        await using var rows = new PatientRows(shared.Host);
        var (patient, payer) = await OneAsync(rows);

        foreach (var dryRun in new[] { true, false })
        {
            var results = await RunAsync(Kind(rows),
            [
                Row(2, patient, payer, "2020-01-01", "2020-12-31"),
                Row(3, patient, payer, "2020-06-01", "2021-05-31"),
                Row(4, "nobody-here", payer, "2020-01-01", null),
                Row(5, patient, "no-such-payer", "2022-01-01", null),
                Row(6, patient, payer, "2022-01-01", null, ("member_id", "")),
                Row(7, patient, payer, "2023-01-01", null, ("relationship", "Spouse"), ("subscriber", "")),
                Row(8, patient, payer, "2020-06-01", "2021-05-31", ("rank", "secondary"), ("relationship", "Spouse"), ("subscriber", "Ada Quist")),
            ], dryRun);

            Assert.Equal(["", "from", "patient", "payer", "member_id", "subscriber", ""], results.Select(r => r.Errors?.Single().Field ?? ""));
            Assert.StartsWith("The patient has another primary coverage", results[1].Errors!.Single().Sentence, StringComparison.Ordinal);
        }

        Assert.Equal(["self", "spouse"], await rows.Db.Coverages.AsNoTracking().Where(c => c.SourceId!.StartsWith(patient)).OrderBy(c => c.Rank).Select(c => c.Relationship).ToListAsync());
    }

    [Fact]
    public async Task The_holder_is_taken_by_columns_of_the_file_or_from_one_name_and_what_the_file_does_not_say_stays()
    {
        await using var rows = new PatientRows(shared.Host);
        var (patient, payer) = await OneAsync(rows);
        await RunAsync(Kind(rows), [
            Row(2, patient, payer, "2020-01-01", "2020-12-31", ("relationship", "Spouse"), ("subscriber", "Garcia Lopez, Ana Maria"), ("group_number", "G7"), ("group_name", "Cannery")),
            Row(3, patient, payer, "2021-01-01", "2021-12-31", ("relationship", "Partner"), ("subscriber", ""), ("subscriber_first_name", "Bea"), ("subscriber_last_name", "Ruiz"),
                ("subscriber_birth_date", "1950-03-04"), ("subscriber_sex", "female"), ("subscriber_address", "7 Elm Street"), ("subscriber_zip", "1906")),
        ]);
        Coverage Stored(int year) => rows.Db.Coverages.AsNoTracking().Single(c => c.SourceId!.StartsWith(patient) && c.EffectiveFrom == new DateOnly(year, 1, 1));
        Assert.Equal(("Ana", "Maria", "Garcia Lopez", "Cannery"), (Stored(2020).SubscriberFirstName, Stored(2020).SubscriberMiddleName, Stored(2020).SubscriberLastName, Stored(2020).GroupName));
        Assert.Equal(new("Bea", null, "Ruiz", null, new(1950, 3, 4), "F", "7 Elm Street", null, null, null, "01906"), Stored(2021).HeldBy());

        var results = await RunAsync(Kind(rows), [Row(2, patient, payer, "2021-01-01", "2021-12-31", ("relationship", "Partner"), ("subscriber", "Bea Ruiz"))]);
        Assert.Equal(ImportOutcome.Unchanged, Assert.Single(results).Outcome);
    }

    [Fact]
    public async Task Years_that_touch_follow_each_other_a_second_payer_ranks_behind_and_a_later_file_updates_until_undone()
    {
        await using var rows = new PatientRows(shared.Host);
        var (patient, payer) = await OneAsync(rows);
        var second = (await OneAsync(rows)).Payer;
        await RunAsync(Kind(rows), [Row(2, patient, payer, "2014", "2015"), Row(3, patient, payer, "2015", "2016", ("secondary_payer", second))]);
        Assert.Equal(["1 2014-01-01 2014-12-31 M1", "1 2015-01-01 2015-12-31 M1", "2 2015-01-01 2015-12-31 M1"], await DaysAsync(rows, patient));

        var results = await RunAsync(Kind(rows), [Row(2, patient, payer, "2015", "2016", ("secondary_payer", second), ("member_id", "M2"))]);
        Assert.Equal(ImportOutcome.Updated, Assert.Single(results).Outcome);
        Assert.Equal(["1 2014-01-01 2014-12-31 M1", "1 2015-01-01 2015-12-31 M2", "2 2015-01-01 2015-12-31 M2"], await DaysAsync(rows, patient));
        Assert.All(await UndoAsync(Kind(rows), results), Assert.Null);
        Assert.Equal(["1 2014-01-01 2014-12-31 M1", "1 2015-01-01 2015-12-31 M1", "2 2015-01-01 2015-12-31 M1"], await DaysAsync(rows, patient));
    }

    [Fact]
    public async Task What_was_changed_or_used_since_stays_and_says_why()
    {
        await using var rows = new PatientRows(shared.Host);
        var (patient, payer) = await OneAsync(rows);
        var results = await RunAsync(Kind(rows), [Row(2, patient, payer, "2020-01-01", null)]);
        (await rows.Db.Coverages.SingleAsync(c => c.Id == results[0].EntityId)).GroupNumber = "G7";
        await rows.Db.SaveChangesAsync();
        rows.Db.ChangeTracker.Clear();

        Assert.Equal("Member M1: this coverage was changed after the import.", Assert.Single(await UndoAsync(Kind(rows), results)));
        var stored = await rows.Db.Payers.AsNoTracking().SingleAsync(p => p.SourceId == payer);
        var used = new ImportResult(ImportOutcome.Created, stored.Id, stored.Version);
        Assert.Equal($"{stored.Name} covers patients by now.", Assert.Single(await UndoAsync(new PayerImport(rows.Db, TimeProvider.System, Practice(rows)), [used])));
    }

    [Fact]
    public async Task A_payer_typed_in_before_under_the_same_name_is_taken_over_and_given_back_by_undo()
    {
        await using var rows = new PatientRows(shared.Host);
        var name = $"Payer {PatientRows.Tag()}";
        rows.Db.Add(new Payer { Name = name, City = "Salem" });
        await rows.Db.SaveChangesAsync();
        rows.Db.ChangeTracker.Clear();
        var id = Guid.NewGuid().ToString();

        var results = await RunAsync(new PayerImport(rows.Db, TimeProvider.System, Practice(rows)),
            [Payer(2, id, name.ToUpperInvariant()), Payer(3, Guid.NewGuid().ToString(), name)]);

        Assert.Equal([ImportOutcome.Updated, ImportOutcome.Refused], results.Select(r => r.Outcome));
        Assert.Equal("Salem", (await rows.Db.Payers.AsNoTracking().SingleAsync(p => p.SourceId == id)).City);
        Assert.All(await UndoAsync(new PayerImport(rows.Db, TimeProvider.System, Practice(rows)), results), Assert.Null);
        Assert.Null((await rows.Db.Payers.AsNoTracking().SingleAsync(p => p.Name == name)).SourceId);
    }

    private static IPractice Practice(PatientRows rows) => rows.Services.GetRequiredService<IPractice>();

    private static CoverageImport Kind(PatientRows rows) => new(rows.Db, rows.Services.GetRequiredService<IMessageBus>(), TimeProvider.System, Practice(rows));

    private static async Task<List<ImportResult>> RunAsync(ImportKind kind, IReadOnlyList<ImportRow> file, bool dryRun = false)
    {
        var results = new List<ImportResult>();
        foreach (var batch in file.Chunk(400))
        {
            await kind.PrepareAsync(batch, dryRun, default);
            foreach (var row in batch)
            {
                results.Add(await kind.ApplyAsync(row, dryRun, default));
            }

            if (!dryRun)
            {
                await kind.SaveAsync(default);
            }
        }

        return results;
    }

    private static async Task<List<string?>> UndoAsync(ImportKind kind, IEnumerable<ImportResult> results)
    {
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

    private static async Task AddPatientsAsync(PatientRows rows, IEnumerable<string> sourceIds)
    {
        foreach (var id in sourceIds)
        {
            var number = (await rows.Db.NextRecordNumbersAsync(1, "", default))[0];
            rows.Db.Add(new Modular.Patients.Charts.Patient
            {
                RecordNumber = number, LastName = "Quist", FirstName = "Nora", BirthDate = new(1948, 1, 5), Sex = "F",
                RegisteredAt = new(2026, 11, 21, 15, 0, 0, TimeSpan.Zero), SourceSystem = PatientImportColumns.SourceSystem, SourceId = id,
            });
        }

        await rows.Db.SaveChangesAsync();
        rows.Db.ChangeTracker.Clear();
    }

    /// <summary>A patient and a payer of the old system, by their ids there.</summary>
    private static async Task<(string Patient, string Payer)> OneAsync(PatientRows rows)
    {
        var (patient, payer) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        await AddPatientsAsync(rows, [patient]);
        Assert.Equal(ImportOutcome.Created, Assert.Single(await RunAsync(new PayerImport(rows.Db, TimeProvider.System, Practice(rows)), [Payer(2, payer, $"Payer {Guid.NewGuid():N}"[..30])])).Outcome);
        return (patient, payer);
    }

    private static ImportRow Payer(int number, string id, string name) => new(number, new Dictionary<string, string> { ["source_id"] = id, ["name"] = name });

    private static ImportRow Row(int number, string patient, string payer, string from, string? to, params (string Field, string Value)[] more)
    {
        var cells = new Dictionary<string, string> { ["patient"] = patient, ["payer"] = payer, ["from"] = from, ["to"] = to ?? "", ["member_id"] = "M1", ["relationship"] = "Self", ["subscriber"] = "Nora Quist" };
        foreach (var (field, value) in more)
        {
            cells[field] = value;
        }

        return new(number, cells);
    }

    private static async Task<List<string>> DaysAsync(PatientRows rows, string patient) =>
        [.. (await rows.Db.Coverages.AsNoTracking().Where(c => c.SourceId!.StartsWith(patient)).OrderBy(c => c.Rank).ThenBy(c => c.EffectiveFrom).ToListAsync())
            .Select(c => $"{c.Rank} {c.EffectiveFrom:yyyy-MM-dd} {c.EffectiveTo:yyyy-MM-dd} {c.MemberId}")];

    /// <summary>The sample's cells hold no comma inside quotes.</summary>
    private static List<ImportRow> Sample(string file, Dictionary<string, string> columns)
    {
        var lines = File.ReadAllLines(Repository.Sample($"csv/{file}.csv")!);
        var headings = lines[0].Split(',');
        return [.. lines.Skip(1).Select((line, i) => new ImportRow(i + 2, line.Split(',').Zip(headings)
            .Where(c => columns.ContainsKey(c.Second)).ToDictionary(c => columns[c.Second], c => c.First)))];
    }
}
