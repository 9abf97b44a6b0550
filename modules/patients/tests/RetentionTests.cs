using System.Net;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>Records whose years are over, by the rules of the settings: ten after the last visit, a minor's seven after coming of age.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_record_past_its_years_goes_by_two_people_unless_it_was_seen_since_is_a_minors_or_is_on_hold()
    {
        await using var rows = new PatientRows(host);
        var over = await OldAsync(rows, new(1950, 5, 1));
        var seen = await OldAsync(rows, new(1950, 5, 1));
        var minor = await OldAsync(rows, new(2004, 5, 1));
        var held = await OldAsync(rows, new(1950, 5, 1));
        await rows.Db.Database.ExecuteSqlAsync($"""
            insert into patients.phone_messages (id, location_id, patient_id, caller, reason, urgency, to_role, taken_at, taken_by, answer_by)
            values ({Guid.CreateVersion7()}, {TestHost.NorthMain}, {seen.Id}, 'x', 'x', 'today', 'nurse', now() - interval '1 year', 'x', now())
            """);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var standing = $"/retention/record/patients.patient/{held.Id}";
        using var hold = await manager.SubmitAsync(await manager.PageAsync(standing), $"form[action='{standing}/hold']", ("Matter", "Lawsuit"),
            ("Reason", "It is evidence"));
        Assert.Contains("Lawsuit: It is evidence", (await manager.PageAsync(standing)).Body!.TextContent, StringComparison.Ordinal);

        using var proposed = await manager.SubmitAsync(await manager.PageAsync("/retention"), "form[action='/retention/propose']");
        var run = proposed.Headers.Location!.ToString();
        await host.North.UntilAsync("select state from core.disposal_runs", "review");

        var page = await manager.PageAsync($"/retention/records?run={run.Split('/')[^1]}&kind=patients.patient");
        Assert.Equal(over.RecordNumber, Assert.Single(page.QuerySelectorAll("tbody th")).TextContent.Trim());
        Assert.Contains("02/01/2020", page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(over.LastName, page.Body!.TextContent, StringComparison.Ordinal);
        using var asked = await manager.SubmitAsync(await manager.PageAsync(run), $"form[action='{run}/ask']", ("Why", "Ten years are over"));
        var request = $"/approvals/{await host.North.AskAsync<Guid>("select id from core.approvals where kind = 'core.disposal'")}";
        using var decided = await owner.SubmitAsync(await owner.PageAsync(request), $"form[action='{request}']", ("does", "approve"));
        await host.North.UntilAsync("select state from core.disposal_runs", "done");

        Assert.Equal(0L, await host.North.AskAsync<long>($"select count(*) from patients.patients where id = '{over.Id}'"));
        Assert.Equal(3L, await host.North.AskAsync<long>($"select count(*) from patients.patients where id in ('{seen.Id}', '{minor.Id}', '{held.Id}')"));
        Assert.Equal(0L, await host.North.AskAsync<long>($"select count(*) from core.search where patient_id = '{over.Id}'"));
        await host.North.UntilAsync($"select count(*) from scheduling.patients where id = '{over.Id}'", 0L);
    }

    [Fact]
    public async Task A_minors_record_is_kept_from_coming_of_age_by_the_settings_and_a_restricted_chart_is_opened_first()
    {
        await using var rows = new PatientRows(host);
        var leapling = await OldAsync(rows, new(2004, 2, 29));
        var shut = await OldAsync(rows, new(1950, 5, 1), p => p.Restricted = true);
        host.ForgetCharts(host.North);
        using var owner = await host.SignInAsync(host.North, Roles.Owner);

        var page = await owner.PageAsync($"/retention/record/patients.patient/{leapling.Id}");

        Assert.Contains("03/01/2029", page.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("form[action$='/propose']"));
        using var answer = await owner.GetAsync($"/retention/record/patients.patient/{shut.Id}");
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        using var desk = await host.SignInAsync(host.North, Roles.FrontDesk);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync($"/retention/record/patients.patient/{leapling.Id}")).StatusCode);
    }

    [Fact]
    public async Task One_record_is_proposed_by_itself_once_its_time_is_over()
    {
        await using var rows = new PatientRows(host);
        var (over, other) = (await OldAsync(rows, new(1950, 5, 1)), await OldAsync(rows, new(1950, 5, 1)));
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var page = $"/retention/record/patients.patient/{over.Id}";

        using var proposed = await manager.SubmitAsync(await manager.PageAsync(page), $"form[action='{page}/propose']");

        await host.North.UntilAsync("select state from core.disposal_runs", "review");
        Assert.Equal(over.Id, await host.North.AskAsync<Guid>("select record_id from core.disposal_items"));
        Assert.NotEqual(over.Id, other.Id);
    }

    [Fact]
    public async Task Both_ways_to_ask_for_the_last_sign_of_a_patient_agree()
    {
        await using var rows = new PatientRows(host);
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
