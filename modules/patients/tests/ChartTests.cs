using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Patients;

public sealed class ChartTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1948, 1, 5);

    private static async Task<IHtmlDocument> Parse(HttpResponseMessage response) => await TestClient.ParseAsync(await response.Content.ReadAsStringAsync());

    private static string Edit(Patient patient) => $"/patients/charts/{patient.Id}/edit";

    [Fact]
    public async Task Of_two_people_who_change_a_patient_the_later_sees_both_versions_and_decides()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born, p => p.City = "Salem");
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        using var nurse = await shared.Host.SignInAsync(shared.Host.North, Roles.Nurse);
        var form = $"form[action='{Edit(patient)}']";
        var first = await desk.PageAsync(Edit(patient));
        var second = await nurse.PageAsync(Edit(patient));

        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitAsync(first, form, ("Form.City", "Lynn"))).StatusCode);
        var late = await nurse.SubmitAsync(second, form, ("Form.City", "Saugus"), ("Form.Alert", "Uses a walker"));

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var page = await Parse(late);
        var city = page.QuerySelectorAll("#conflict tbody tr").Single(r => r.QuerySelector("th")!.TextContent == "City");
        Assert.Equal(["Lynn", "Saugus"], city.QuerySelectorAll("td").Select(c => c.TextContent));
        Assert.Equal("Uses a walker", ((IHtmlInputElement)page.QuerySelector("[name='Form.Alert']")!).Value);

        Assert.Equal(HttpStatusCode.Redirect, (await nurse.SubmitAsync(page, form)).StatusCode);
        var saved = await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id);
        Assert.Equal(("Saugus", "Uses a walker", 3), (saved.City, saved.Alert, saved.Version));
    }

    [Fact]
    public async Task A_change_is_told_with_the_version_it_was_saved_with()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        await desk.SubmitAsync(await desk.PageAsync(Edit(patient)), $"form[action='{Edit(patient)}']", ("Form.PreferredName", "Nono"));

        var saved = await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id);
        Assert.Equal(new(saved.Id, 2, saved.RecordNumber, "Nora", saved.LastName, "Nono", Born, "F", null, null, false, true), saved.Changed(new(2026, 6, 10), null));
    }

    [Fact]
    public async Task A_restricted_chart_asks_why_and_the_reason_is_kept()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born, p => (p.Restricted, p.Alert) = (true, "Works next door"));
        using var nurse = await shared.Host.SignInAsync(shared.Host.North, Roles.Nurse);
        var chart = $"/patients/charts/{patient.Id}";

        var shut = await nurse.GetAsync(chart);
        Assert.Equal($"{chart}/unlock?returnUrl={Uri.EscapeDataString(chart)}", shut.Headers.Location!.ToString());
        var question = await nurse.PageAsync(shut.Headers.Location.ToString());
        Assert.DoesNotContain("Works next door", question.DocumentElement.TextContent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await nurse.SubmitAsync(question, $"form[action='{chart}/unlock']", ("Reason", "x"))).StatusCode);

        var opened = await nurse.SubmitAsync(question, $"form[action='{chart}/unlock']", ("Reason", "Covering for Dr. Vale"));

        Assert.Equal(chart, opened.Headers.Location!.ToString());
        await nurse.PageAsync(chart);
        Assert.Contains(await AccessesAsync(rows, patient.Id), e => e.Contains("Covering for Dr. Vale"));
    }

    [Fact]
    public async Task A_restricted_chart_stays_shut_to_a_role_that_may_not_and_to_the_reason_of_another()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born, p => p.Restricted = true);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        using var nurse = await shared.Host.SignInAsync(shared.Host.North, Roles.Nurse);
        var unlock = $"/patients/charts/{patient.Id}/unlock";
        await nurse.SubmitAsync(await nurse.PageAsync(unlock), $"form[action='{unlock}']", ("Reason", "Covering for Dr. Vale"));

        foreach (var page in new[] { "", "/edit" })
        {
            Assert.StartsWith(unlock, (await desk.GetAsync($"/patients/charts/{patient.Id}{page}")).Headers.Location!.ToString());
        }

        var refused = await desk.PageAsync(unlock);
        Assert.Null(refused.QuerySelector($"form[action='{unlock}']"));
    }

    [Fact]
    public async Task Every_view_of_a_patient_is_in_the_access_log()
    {
        await using var rows = new PatientRows(shared.Host);
        var tag = PatientRows.Tag();
        var patient = await rows.AddAsync(tag, "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        await desk.PageAsync($"/patients/charts/{patient.Id}");
        await desk.PageAsync($"/patients?q={tag}");

        var seen = await AccessesAsync(rows, patient.Id);
        Assert.Contains(seen, e => e.Contains("chart"));
        Assert.Contains(seen, e => e.Contains("patient list"));
    }

    [Fact]
    public async Task A_patient_of_one_practice_is_nobody_at_the_other()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var south = await shared.Host.SignInAsync(shared.Host.South, Roles.FrontDesk);

        Assert.Equal(HttpStatusCode.NotFound, (await south.GetAsync($"/patients/charts/{patient.Id}")).StatusCode);
    }

    [Fact]
    public async Task Patients_are_practice_wide_also_to_a_person_of_one_location()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk, [TestHost.NorthLake]);

        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync($"/patients/charts/{patient.Id}")).StatusCode);
    }

    [Fact]
    public async Task Staff_without_patients_see_none()
    {
        using var hr = await shared.Host.SignInAsync(shared.Host.North, Roles.Hr);

        Assert.Equal(HttpStatusCode.Forbidden, (await hr.GetAsync("/patients")).StatusCode);
    }

    [Fact]
    public async Task Every_table_with_a_patient_is_registered()
    {
        await using var rows = new PatientRows(shared.Host);
        var strays = await rows.Db.Database.SqlQuery<string>($"""
            select table_name as "Value" from information_schema.columns c
            where table_schema = 'patients' and column_name = 'patient_id'
              and not exists (select from core.patient_tables t where t.schema_name = 'patients' and t.table_name = c.table_name and t.patient_column = 'patient_id')
            """).ToListAsync();

        Assert.Empty(strays);
    }

    /// <summary>What the access log says of the patient, a line an entry.</summary>
    internal static async Task<List<string>> AccessesAsync(PatientRows rows, Guid patientId)
    {
        var connection = await rows.Db.Work.OpenAsync();
        await using var command = new NpgsqlCommand("select to_jsonb(e)::text || coalesce((select string_agg(to_jsonb(v)::text, ' ') from audit.entry_values v where v.entry_id = e.id), '') from audit.entries e where to_jsonb(e)::text like '%' || $1 || '%'", connection);
        command.Parameters.Add(new() { Value = patientId.ToString() });
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
