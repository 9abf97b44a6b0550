using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Imports;
using Modular.Patients.Imports;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>Patients, payers and coverage from FHIR R4 ndjson.</summary>
public sealed class FhirImportTests(SharedHost shared)
{
    private static string Patient(string id, string last, string passport) => JsonSerializer.Serialize(new
    {
        resourceType = "Patient",
        id,
        identifier = new object[]
        {
            new { type = new { coding = new[] { new { code = "SS" } } }, value = "999-94-5397" },
            new { type = new { coding = new[] { new { code = "PPN" } } }, value = passport },
        },
        extension = new object[] { new { url = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race", extension = new object[] { new { url = "text", valueString = "White" } } } },
        name = new object[] { new { use = "official", family = last, given = new[] { "Sumiko", "Larue" }, prefix = new[] { "Mrs." } }, new { use = "maiden", family = "Cummerata" } },
        telecom = new[] { new { system = "phone", value = "555-810-7203", use = "home" } },
        gender = "female",
        birthDate = "1947-05-21",
        address = new[] { new { line = new[] { "633 Abernathy Landing" }, city = "Emporia", state = "KS", postalCode = "66801" } },
        maritalStatus = new { coding = new[] { new { code = "M" } } },
        communication = new[] { new { language = new { coding = new[] { new { code = "en-US" } } } } },
    });

    private static string Coverage(string beneficiary, string payer, string relationship = "self") => JsonSerializer.Serialize(new
    {
        resourceType = "Coverage", id = Guid.NewGuid(), subscriberId = "W1", beneficiary = new { reference = beneficiary }, relationship = new { coding = new[] { new { code = relationship } } },
        period = new { start = "2026-01-01" }, payor = new[] { new { display = $"Plan {payer}", identifier = new { system = "urn:payer-id", value = payer } } },
        @class = new[] { new { type = new { coding = new[] { new { code = "group" } } }, value = "G7", name = "Lakeside Cannery" } }, order = 1,
    });

    private static async Task<List<ImportResult>> LoadAsync(ImportKind kind, params string[] lines)
    {
        using var file = await FhirFile.OpenAsync(kind, new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), default);
        var rows = new List<ImportRow>();
        while (file.Read() is { } cells)
        {
            rows.Add(new(rows.Count + 1, file.Mapping.ToDictionary(m => m.Key, m => cells[m.Value])));
        }

        await kind.PrepareAsync(rows, false, default);
        var results = new List<ImportResult>();
        foreach (var row in rows)
        {
            results.Add(await kind.ApplyAsync(row, false, default));
        }

        await kind.SaveAsync(default);
        return results;
    }

    [Fact]
    public async Task Patients_payers_and_coverage_come_from_their_resources_and_conditional_references_resolve()
    {
        await using var rows = new PatientRows(shared.Host);
        var (bus, practice, tag) = (rows.Services.GetRequiredService<IMessageBus>(), rows.Services.GetRequiredService<IPractice>(), PatientRows.Tag());
        var patients = new PatientImport(rows.Db, bus, new Defaults(), TimeProvider.System, practice);
        var payers = new PayerImport(rows.Db, TimeProvider.System, practice);
        var coverages = new CoverageImport(rows.Db, bus, TimeProvider.System, practice);
        string[] covered = [Coverage($"Patient/a-{tag}", tag), Coverage($"Patient?identifier=http://example.org/passport|P2{tag}", tag, "child"), Coverage("Patient/nobody", tag)];

        Assert.All(await LoadAsync(patients, Patient($"a-{tag}", $"Medhurst{tag}", $"P1{tag}"), Patient($"b-{tag}", $"Medhurst{tag}", $"P2{tag}")), r => Assert.Equal(ImportOutcome.Created, r.Outcome));
        Assert.Single(await LoadAsync(payers, covered));
        var loaded = await LoadAsync(coverages, covered);

        Assert.Equal([ImportOutcome.Created, ImportOutcome.Created, ImportOutcome.Refused], loaded.Select(r => r.Outcome));
        var p = await rows.Db.Patients.AsNoTracking().SingleAsync(x => x.SourceId == $"a-{tag}");
        Assert.Equal(("Sumiko", "Larue", "Mrs.", "F", "married", "white", "en"), (p.FirstName, p.MiddleName, p.Prefix, p.Sex, p.Marital, p.Race, p.Language));
        Assert.Equal(("5397", "633 Abernathy Landing", "KS", "5558107203", "Cummerata"), (p.SsnLast4, p.Address, p.State, p.HomePhone, p.FormerNames.Single()));
        var other = await rows.Db.Patients.AsNoTracking().Where(x => x.SourceId == $"b-{tag}").Select(x => x.Id).SingleAsync();
        var coverage = await rows.Db.Coverages.AsNoTracking().Include(c => c.Payer).SingleAsync(c => c.PatientId == other);
        Assert.Equal(("child", "G7", "Lakeside Cannery", $"Plan {tag}", "Not named in the file"), (coverage.Relationship, coverage.GroupNumber, coverage.GroupName, coverage.Payer!.Name, coverage.SubscriberName));
        Assert.All(await LoadAsync(new PatientImport(rows.Db, bus, new Defaults(), TimeProvider.System, practice),
            Patient($"a-{tag}", $"Medhurst{tag}", $"P1{tag}")), r => Assert.Equal(ImportOutcome.Unchanged, r.Outcome));
    }

    [Theory]
    [InlineData("{\"resourceType\":\"Encounter\"}", "Line 1 holds Encounter; patients are read from Patient.")]
    [InlineData("{\"resourceType\":", "Line 1 cannot be read as JSON; each line holds one whole resource.")]
    public async Task A_file_of_something_else_is_refused_by_its_line(string text, string sentence)
    {
        await using var rows = new PatientRows(shared.Host);
        var kind = new PatientImport(rows.Db, null!, null!, TimeProvider.System, rows.Services.GetRequiredService<IPractice>());

        Assert.Equal(sentence, (await Assert.ThrowsAsync<CsvRefusedException>(() => LoadAsync(kind, text))).Message);
    }

    private sealed class Defaults : ISettings<Modular.Patients.PatientsSettings>
    {
        public ValueTask<Modular.Patients.PatientsSettings> GetAsync(Guid? locationId = null, CancellationToken ct = default) => new(new Modular.Patients.PatientsSettings());
    }
}
