using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Search;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

public sealed class PatientSearchTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1948, 1, 5);
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static Task<List<Patient>> FindAsync(PatientRows rows, string typed)
    {
        var query = PatientQuery.Parse(typed, Today);
        return rows.Db.Patients.AsNoTracking().Matching(query).Ranked(query).Take(50).ToListAsync();
    }

    [Theory]
    [InlineData("{0}garcia maria")]
    [InlineData("maria {0}garcia")]
    [InlineData("MARÍA {0}GARCÍA")]
    [InlineData("mar {0}gar")]
    [InlineData("{0}garcia 1/5/48")]
    [InlineData("{0}gar 010548")]
    [InlineData("{0}gar 1948-01-05")]
    [InlineData("mia {0}gar")]
    [InlineData("{0}lopez")]
    [InlineData("obrien {0}gar")]
    [InlineData("O'Brien {0}gar")]
    public async Task A_patient_is_found_by_any_name_in_any_order_with_a_birth_date_in_any_form(string typed)
    {
        await using var rows = new PatientRows(shared.Host);
        var tag = PatientRows.Tag();
        var patient = await rows.AddAsync($"{tag}García", "María O’Brien", Born, p => (p.PreferredName, p.FormerNames) = ("Mia", [$"{tag}López"]));

        var found = await FindAsync(rows, string.Format(typed, tag));

        Assert.Equal(patient.Id, Assert.Single(found).Id);
    }

    [Fact]
    public async Task A_patient_is_found_by_phone_and_by_record_number_which_ranks_first()
    {
        await using var rows = new PatientRows(shared.Host);
        var phone = $"55501{Random.Shared.Next(10000, 99999)}";
        var patient = await rows.AddAsync("Quist", "Nora", Born, p => p.HomePhone = phone);

        Assert.Contains(await FindAsync(rows, $"({phone[..3]}) {phone[3..6]}-{phone[6..]}"), p => p.Id == patient.Id);
        Assert.Contains(await FindAsync(rows, $"{phone[3..6]}-{phone[6..]}"), p => p.Id == patient.Id);
        Assert.Equal(patient.Id, (await FindAsync(rows, patient.RecordNumber))[0].Id);
    }

    [Theory]
    [InlineData("Villanueva", "Vilanueva")]
    [InlineData("Villanueva", "Villanuvea")]
    [InlineData("Schmitz", "Shmitz")]
    [InlineData("Kowalski", "Kowalsky")]
    public async Task A_misspelled_name_is_found_when_nobody_has_it(string name, string typed)
    {
        await using var rows = new PatientRows(shared.Host);
        var tag = PatientRows.Tag();
        var patient = await rows.AddAsync(name, tag, Born);
        var query = PatientQuery.Parse($"{typed} {tag}", Today);

        Assert.Empty(await rows.Db.Patients.Matching(query).ToListAsync());
        var like = await PatientMatches.LikeAsync(rows.Db, rows.Db.Patients, query, default);

        Assert.Equal(patient.Id, Assert.Single(await like!.ToListAsync()).Id);
    }

    [Fact]
    public async Task A_last_name_that_starts_as_typed_comes_before_a_first_name_that_does()
    {
        await using var rows = new PatientRows(shared.Host);
        var tag = PatientRows.Tag();
        await rows.AddAsync("Abbot", $"{tag}ia", Born);
        var second = await rows.AddAsync($"{tag}iana", "Zoe", Born);

        Assert.Equal(second.Id, (await FindAsync(rows, tag))[0].Id);
    }

    [Fact]
    public async Task Wildcards_of_the_database_are_only_signs()
    {
        await using var rows = new PatientRows(shared.Host);
        await rows.AddAsync("Quist", "Nora", Born);

        Assert.Empty(await FindAsync(rows, "q%t"));
    }
}
