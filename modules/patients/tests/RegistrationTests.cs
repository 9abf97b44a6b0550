using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

public sealed class RegistrationTests(SharedHost shared)
{
    private const string Quick = "/patients/registrations/quick";

    private static Task<IHtmlDocument> Parse(HttpResponseMessage response) => response.Content.ReadAsStringAsync().ContinueWith(t => TestClient.ParseAsync(t.Result)).Unwrap();

    private static (string, string)[] Typed(string last) =>
        [("Form.LastName", last), ("Form.FirstName", "María"), ("Form.BirthDate", "010548"), ("Form.Sex", "F"), ("Form.MobilePhone", "(555) 010-2233")];

    [Fact]
    public async Task A_new_patient_is_registered_with_five_fields_and_waits_to_be_finished()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var last = PatientRows.Tag();

        var response = await desk.SubmitAsync(await desk.PageAsync(Quick), $"form[action='{Quick}']", Typed(last));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.Db.Patients.SingleAsync(p => p.LastName == last);
        Assert.Equal($"/patients/charts/{patient.Id}", response.Headers.Location!.ToString());
        Assert.Equal((new DateOnly(1948, 1, 5), "5550102233", 1), (patient.BirthDate, patient.MobilePhone, patient.Version));
        Assert.Equal(["address"], patient.ToFinish);
        var chart = await desk.PageAsync(response.Headers.Location.ToString());
        Assert.Contains(last, chart.QuerySelector(".banner")!.TextContent);
        Assert.Contains("not finished", chart.Body!.TextContent);
    }

    [Fact]
    public async Task The_same_name_and_birth_date_asks_first_and_keeps_what_was_typed()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var last = PatientRows.Tag();
        await rows.AddAsync(last.ToUpperInvariant(), "Maria", new(1948, 1, 5));

        var asked = await desk.SubmitAsync(await desk.PageAsync(Quick), $"form[action='{Quick}']", Typed(last));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
        var page = await Parse(asked);
        Assert.Contains("registered already", page.QuerySelector("#same")!.TextContent);
        Assert.Equal("(555) 010-2233", ((IHtmlInputElement)page.QuerySelector("[name='Form.MobilePhone']")!).Value);
        Assert.Equal("Register anyway", page.QuerySelector("button[name='Form.Anyway']")!.TextContent);

        var anyway = await desk.SubmitAsync(page, $"form[action='{Quick}']", ("Form.Anyway", "true"));
        Assert.Equal(HttpStatusCode.Redirect, anyway.StatusCode);
        Assert.Equal(2, await rows.Db.Patients.CountAsync(p => p.SortName.StartsWith(last)));
    }

    [Fact]
    public async Task Two_clicks_on_register_make_one_patient()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var last = PatientRows.Tag();
        var page = await desk.PageAsync(Quick);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => desk.SubmitAsync(page, $"form[action='{Quick}']", Typed(last))));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        await using var rows = new PatientRows(shared.Host);
        Assert.Equal(1, await rows.Db.Patients.CountAsync(p => p.LastName == last));
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_beside_its_field_and_nothing_is_lost()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        var refused = await desk.SubmitAsync(await desk.PageAsync("/patients/registrations/full"), "form[action='/patients/registrations/full']",
            ("Form.LastName", "Quist"), ("Form.FirstName", "Nora"), ("Form.BirthDate", "13/45/80"), ("Form.Zip", "12"), ("Form.City", "Salem"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await Parse(refused);
        Assert.Contains("is not a date", page.QuerySelector("#Form_BirthDate-error")!.TextContent);
        Assert.Contains("5 or 9 digits", page.QuerySelector("#Form_Zip-error")!.TextContent);
        Assert.Equal("Salem", ((IHtmlInputElement)page.QuerySelector("[name='Form.City']")!).Value);
        Assert.Equal("13/45/80", ((IHtmlInputElement)page.QuerySelector("[name='Form.BirthDate']")!).Value);
    }

    [Fact]
    public async Task The_full_form_stores_every_field_it_has()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        var last = PatientRows.Tag();

        var response = await desk.SubmitAsync(await desk.PageAsync("/patients/registrations/full"), "form[action='/patients/registrations/full']",
            [.. Typed(last), ("Form.MiddleName", "Ines"), ("Form.PreferredName", "Mia"), ("Form.FormerNames", "Lopez, Diaz"), ("Form.Prefix", "Mrs."), ("Form.Suffix", "Jr."),
                ("Form.Marital", "married"), ("Form.Race", "white"), ("Form.Ethnicity", "hispanic"), ("Form.Language", "es"), ("Form.Birthplace", "Salem"),
                ("Form.Ssn", "999-12-3456"), ("Form.DriversLicense", "S999"), ("Form.Passport", "X999"), ("Form.Address", "18 Alder Ct"), ("Form.Address2", "Apt 2"),
                ("Form.City", "Salem"), ("Form.State", "massachusetts"), ("Form.Zip", "01970"), ("Form.County", "Essex"), ("Form.Email", "mia@example.com"),
                ("Form.PreferredChannel", "email"), ("Form.Alert", "Hard of hearing"), ("Form.Restricted", "false")]);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        await using var rows = new PatientRows(shared.Host);
        var p = await rows.Db.Patients.SingleAsync(p => p.LastName == last);
        Assert.Equal(("Ines", "Mia", "Mrs.", "Jr.", "married", "white", "hispanic", "es"), (p.MiddleName, p.PreferredName, p.Prefix, p.Suffix, p.Marital, p.Race, p.Ethnicity, p.Language));
        Assert.Equal(["Lopez", "Diaz"], p.FormerNames);
        Assert.Equal(("Salem", "3456", "18 Alder Ct", "Apt 2", "MA", "01970", "Essex"), (p.Birthplace, p.SsnLast4, p.Address, p.Address2, p.State, p.Zip, p.County));
        Assert.Equal(("mia@example.com", "email", "Hard of hearing", false), (p.Email, p.PreferredChannel, p.Alert, p.Restricted));
        Assert.Empty(p.ToFinish);
        Assert.Equal(["S999", "X999"], await rows.Db.ExternalIds.Where(e => e.PatientId == p.Id).OrderBy(e => e.Value).Select(e => e.Value).ToListAsync());
    }

    [Fact]
    public async Task A_biller_finds_patients_and_registers_none()
    {
        using var biller = await shared.Host.SignInAsync(shared.Host.North, Roles.Biller);

        Assert.Equal(HttpStatusCode.OK, (await biller.GetAsync("/patients")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await biller.GetAsync(Quick)).StatusCode);
    }
}
