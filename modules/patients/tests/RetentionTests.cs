using System.Net;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>Records whose years are over, by the rules of the settings: ten after the last visit, a minor's seven after coming of age.</summary>
public sealed class RetentionTests(SharedHost shared)
{
    [Fact]
    public async Task A_record_past_its_years_is_listed_unless_it_was_seen_since_is_a_minors_or_is_on_hold()
    {
        await using var rows = new PatientRows(shared.Host);
        var over = await OldAsync(rows, new(1950, 5, 1));
        var seen = await OldAsync(rows, new(1950, 5, 1));
        var minor = await OldAsync(rows, new(2004, 5, 1));
        var held = await OldAsync(rows, new(1950, 5, 1), p => p.LegalHold = "Lawsuit");
        await rows.Db.Database.ExecuteSqlAsync($"""
            insert into patients.phone_messages (id, location_id, patient_id, caller, reason, urgency, to_role, taken_at, taken_by, answer_by)
            values ({Guid.CreateVersion7()}, {TestHost.NorthMain}, {seen.Id}, 'x', 'x', 'today', 'nurse', now() - interval '1 year', 'x', now())
            """);
        using var owner = await shared.Host.SignInAsync(shared.Host.North, Roles.Owner);

        var page = await owner.PageAsync("/patients/retention");
        var listed = page.QuerySelectorAll("tbody tr").Select(r => r.TextContent).ToList();

        Assert.Contains("02/01/2020", Assert.Single(listed, r => r.Contains(over.LastName, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(listed, r => new[] { seen, minor, held }.Any(p => r.Contains(p.LastName, StringComparison.Ordinal)));
        Assert.Contains("on hold and left out", page.QuerySelector(".page")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"a[href='/patients/retention/{over.Id}/erase']"));
        var csv = await (await owner.GetAsync("/patients/retention?format=csv")).Content.ReadAsStringAsync();
        Assert.Contains(over.LastName, csv, StringComparison.Ordinal);
        Assert.DoesNotContain(held.LastName, csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_practice_where_nothing_is_over_reads_so_and_only_who_may_erase_sees_it()
    {
        using var south = await shared.Host.SignInAsync(shared.Host.South, Roles.Owner);
        Assert.Contains("Every record is within its period", (await south.PageAsync("/patients/retention")).QuerySelector(".page")!.TextContent, StringComparison.Ordinal);
        using var manager = await shared.Host.SignInAsync(shared.Host.South, Roles.Manager);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.GetAsync("/patients/retention")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.GetAsync("/patients/retention?format=csv")).StatusCode);
    }

    [Fact]
    public async Task Both_ways_to_ask_for_the_last_sign_of_a_patient_agree()
    {
        await using var rows = new PatientRows(shared.Host);
        await OldAsync(rows, new(1960, 1, 1));

        var differ = await rows.Db.Database.SqlQuery<int>($"""
            select count(*)::int as "Value" from patients.patients p left join core.patients_last_seen() s on s.patient_id = p.id
            where s.last_seen is distinct from core.patient_last_seen(p.id)
            """).SingleAsync();

        Assert.Equal(0, differ);
    }

    private static async Task<Patient> OldAsync(PatientRows rows, DateOnly born, Action<Patient>? more = null)
    {
        var patient = await rows.AddAsync($"Old{PatientRows.Tag()}", "Ada", born, more);
        await rows.Db.Database.ExecuteSqlAsync($"update patients.patients set registered_at = '2010-02-01 12:00Z' where id = {patient.Id}");
        return patient;
    }
}
