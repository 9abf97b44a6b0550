using Modular.Patients.Charts;
using Modular.Patients.Contacts;
using Modular.Patients.Documents;
using Modular.Patients.Messages;
using Modular.Patients.OutsideProviders;
using Modular.Tests.Harness;
using Doctor = Modular.Patients.OutsideProviders.OutsideProvider;

namespace Modular.Tests.Patients;

/// <summary>What other modules are told of patients, their papers and the doctors outside.</summary>
public sealed class PatientMessageTests(SharedHost shared)
{
    private static readonly DateOnly Day = new(2026, 6, 10);

    [Fact]
    public async Task A_patient_is_told_with_what_a_claim_names_and_a_confidential_address_in_its_place()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Ada", new(1948, 1, 5), p =>
        {
            (p.MiddleName, p.Suffix, p.DeceasedOn) = ("Marie", "Jr.", new(2026, 6, 1));
            (p.Address, p.Address2, p.City, p.State, p.Zip) = ("7 Elm Street", "Unit 2", "Springfield", "MA", "01101");
        });

        var told = patient.Changed(Day, null);
        Assert.Equal(("Marie", "Jr.", false, new DateOnly(2026, 6, 1)), (told.MiddleName, told.Suffix, told.Active, told.DeceasedOn));
        Assert.Equal(("7 Elm Street", "Unit 2", "Springfield", "MA", "01101"), (told.Address, told.Address2, told.City, told.State, told.Zip));

        await using var command = shared.Host.North.Database.CreateCommand($$"""
            insert into patients.addresses (id, patient_id, kind, address, city, state, zip, from_date) values (gen_random_uuid(), '{{patient.Id}}', 'confidential', '9 Hill Road', 'Ashfield', 'OH', '44001', '2026-01-01')
            """);
        await command.ExecuteNonQueryAsync();
        rows.Db.ChangeTracker.Clear();
        var secret = (await rows.Db.Patients.FindAsync(patient.Id))!.Changed(Day, null);
        Assert.Equal(("9 Hill Road", null, "Ashfield", "OH", "44001"), (secret.Address, secret.Address2, secret.City, secret.State, secret.Zip));
    }

    [Fact(DisplayName = "45 CFR 164.522(b): a guarantor without an address of their own is not given the way the patient asked for, nor home past it")]
    public void A_guarantor_is_not_given_the_confidential_way()
    {
        var patient = new Patient { Address = "18 Alder Ct", City = "Saugus", State = "MA", Zip = "01906" };
        var parent = new Contact { LastName = "Ruiz", Relationship = "parent", Guarantor = true };
        Assert.Equal("18 Alder Ct", parent.AsGuarantor(patient, Day).Address);

        typeof(Patient).GetProperty(nameof(Patient.Confidential))!.SetValue(patient, """[{"address":"9 Hill Road","from":"2026-01-01"}]""");

        Assert.Null(parent.AsGuarantor(patient, Day).Address);
    }

    [Fact]
    public async Task The_papers_of_a_chart_are_told_by_kind_and_day_newest_first()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Ada", new(1948, 1, 5));
        var other = await rows.AddAsync(PatientRows.Tag(), "Bea", new(1950, 1, 5));
        foreach (var (who, category, title, dated) in new[]
        {
            (patient.Id, "result", "Lab", Day), (patient.Id, "letter", "Appeal", Day.AddDays(-3)), (patient.Id, "result", "Old lab", Day.AddYears(-2)),
            (other.Id, "result", "Not hers", Day),
        })
        {
            rows.Db.Add(new Document { PatientId = who, FileId = Guid.CreateVersion7(), Category = category, Title = title, Dated = dated, AddedBy = "Nora" });
        }

        await rows.Db.SaveChangesAsync();

        async Task<IEnumerable<string>> FoundAsync(IReadOnlyList<string>? categories, DateOnly? from) =>
            (await FindDocumentsHandler.Handle(new(patient.Id, categories, from), rows.Db, default)).Documents.Select(d => d.Title);
        Assert.Equal(["Lab", "Appeal", "Old lab"], await FoundAsync(null, null));
        Assert.Equal(["Lab"], await FoundAsync(["result"], Day.AddYears(-1)));
        Assert.Empty((await FindDocumentsHandler.Handle(new(Guid.CreateVersion7()), rows.Db, default)).Documents);
    }

    [Fact]
    public async Task Doctors_outside_are_found_as_they_are_typed_by_number_and_by_id()
    {
        await using var rows = new PatientRows(shared.Host);
        var tag = PatientRows.Tag();
        var here = new Doctor { Name = $"Inés {tag}, MD", Organization = "Harbor Cardiology", Npi = "1992504178" };
        var gone = new Doctor { Name = $"Old {tag}", Active = false };
        rows.Db.AddRange(here, gone);
        await rows.Db.SaveChangesAsync();

        async Task<IEnumerable<Guid>> FoundAsync(IReadOnlyList<Guid>? ids, string? text) =>
            (await FindOutsideProvidersHandler.Handle(new(ids, text), rows.Db, default)).Providers.Select(p => p.OutsideProviderId);
        Assert.Equal([here.Id], await FoundAsync(null, $"ines {tag}"));
        Assert.Equal([here.Id], await FoundAsync(null, $"{tag} card"));
        Assert.Contains(here.Id, await FoundAsync(null, "1992504178"));
        Assert.Empty(await FoundAsync(null, $"{tag} neuro"));
        Assert.Equal(new[] { here.Id, gone.Id }.Order(), (await FoundAsync([here.Id, gone.Id], null)).Order());
    }
}
