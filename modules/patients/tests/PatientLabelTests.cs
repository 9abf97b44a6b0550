using System.Net;
using Modular.Sdk;
using Modular.Tests.Codes;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>A patient's label, and the patient found by scanning it.</summary>
public sealed class PatientLabelTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1948, 1, 5);

    [Theory]
    [InlineData("roll-60x30", 2)]
    [InlineData("roll-89x28", 2)]
    [InlineData("letter-30", 1)]
    [InlineData("letter-10", 1)]
    public async Task A_label_from_the_chart_names_the_patient_and_its_bars_say_the_record_number(string sheet, int pages)
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync("Nguyễn-Łukasik", "Inés", Born);
        Assert.NotNull((await desk.PageAsync($"/patients/charts/{patient.Id}")).QuerySelector($"a[href='/patients/labels/{patient.Id}/print'][data-drawer]"));
        Assert.NotNull((await desk.PageAsync($"/patients/labels/{patient.Id}/print")).QuerySelector($"option[value='{sheet}']"));

        var answer = await desk.GetAsync($"/patients/labels/{patient.Id}/print/pdf?Form.Sheet={sheet}&Form.Copies=2&Form.First=1");
        var pdf = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("label.pdf", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(pages, PdfText.Pages(pdf).Count);
        Assert.Contains(PdfText.Squeeze($"Nguyễn-Łukasik, Inés 01/05/1948 · {patient.Sex} · No. {patient.RecordNumber}"), PdfText.Squeeze(PdfText.Pages(pdf)[0].Text), StringComparison.Ordinal);
        Assert.Equal(patient.RecordNumber, await Photos.ReadAsync(Photos.Of(pdf, dots: pages == 1 ? 4 : 6)));
        Assert.True(await shared.Host.North.AskAsync<long>($"select count(*) from audit.entries where what = 'label' and '{patient.Id}' = any(patient_ids)") > 0);
    }

    [Theory]
    [InlineData("Form.Sheet=letter-30&Form.Copies=0&Form.First=1", "A number from 1 to 90")]
    [InlineData("Form.Sheet=letter-30&Form.Copies=1&Form.First=31", "A number from 1 to 30")]
    [InlineData("Form.Sheet=roll-60x30&Form.Copies=1&Form.First=2", "A number from 1 to 1")]
    [InlineData("Form.Sheet=napkin&Form.Copies=1&Form.First=1", "Choose the labels that are in the printer")]
    [InlineData("Form.Sheet=letter-30&Form.Copies=two&Form.First=1", "two")]
    public async Task What_cannot_be_printed_comes_back_as_the_form_with_a_sentence(string asked, string said)
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync("Quist", "Nora", Born);

        var answer = await desk.GetAsync($"/patients/labels/{patient.Id}/print/pdf?{asked}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_envelope_has_the_address_that_the_patient_asked_for_and_nothing_else_of_the_chart()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born, p => (p.Address, p.City, p.State, p.Zip) = ("4 Pier Road", "Springfield", "MA", "011011234"));
        var address = $"/patients/labels/{patient.Id}/print/pdf?Form.Sheet=envelope-10&Form.Copies=1&Form.First=1";

        var home = PdfText.Pages(await (await desk.GetAsync($"{address}&Form.Shows=mail")).Content.ReadAsByteArrayAsync()).Single();
        rows.Db.Add(new Modular.Patients.Addresses.OtherAddress
        {
            PatientId = patient.Id, Kind = "confidential", CareOf = "Ben Vale", Address = "PO Box 7", City = "Springfield", State = "MA", Zip = "01102", FromDate = new(2020, 1, 1),
        });
        await rows.Db.SaveChangesAsync();
        var secret = PdfText.Pages(await (await desk.GetAsync($"{address}&Form.Shows=mail")).Content.ReadAsByteArrayAsync()).Single();
        var chart = await desk.GetAsync($"{address}&Form.Shows=chart");

        Assert.Equal((684, 297), (home.Width, home.Height));
        Assert.Equal(PdfText.Squeeze($"{patient.FullName} 4 Pier Road Springfield MA 01101-1234"), PdfText.Squeeze(home.Text));
        Assert.Equal(PdfText.Squeeze($"{patient.FullName}, c/o Ben Vale PO Box 7 Springfield MA 01102"), PdfText.Squeeze(secret.Text));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, chart.StatusCode);
        Assert.Contains("On an envelope goes the address and nothing else.", await chart.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_to_a_patient_without_an_address_is_said_and_not_printed()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);

        var answer = await desk.GetAsync($"/patients/labels/{patient.Id}/print/pdf?Form.Sheet=letter-30&Form.Copies=1&Form.First=1&Form.Shows=mail");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("There is no address to send mail to.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_cannot_be_printed_is_said_on_the_form_and_nothing_is_printed()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync("王", "小明", Born);

        var answer = await desk.GetAsync($"/patients/labels/{patient.Id}/print/pdf");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("cannot be printed on a label: 王 小 明.", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scanned_record_number_opens_its_chart_and_an_unknown_one_says_so()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var (chart, number) = await RegisterAsync(desk);

        var scanned = await desk.GetAsync($"/search?scanned=true&q={number}");
        var unknown = await desk.GetAsync("/search?scanned=true&q=0000000000");

        Assert.Equal(chart, scanned.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, unknown.StatusCode);
        Assert.Contains("Nothing found", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1L, await shared.Host.North.AskAsync<long>($"select count(*) from audit.entries where what = 'scanned code' and '{chart.Split('/')[^1]}' = any(patient_ids)"));
    }

    [Fact]
    public async Task A_scan_finds_nobody_whom_the_person_may_not_see()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        using var hr = await shared.Host.SignInAsync(shared.Host.North, Roles.Hr);
        var (_, number) = await RegisterAsync(desk);

        var scanned = await hr.GetAsync($"/search?scanned=true&q={number}");

        Assert.Equal(HttpStatusCode.OK, scanned.StatusCode);
        Assert.Contains("Nothing found", await scanned.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picker_marks_the_one_whose_whole_record_number_was_typed()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var (chart, number) = await RegisterAsync(desk);
        var id = chart.Split('/')[^1];
        await shared.Host.North.UntilAsync($"select count(*) from scheduling.patients where id = '{id}'", 1L);

        var picker = (await desk.PageAsync("/scheduling/walk-ins/add")).QuerySelector("main input[data-pick]")!;
        var whole = await TestClient.ParseAsync(await (await desk.GetAsync($"{picker.GetAttribute("hx-get")}?{picker.GetAttribute("name")}={number}")).Content.ReadAsStringAsync());
        var part = await TestClient.ParseAsync(await (await desk.GetAsync($"{picker.GetAttribute("hx-get")}?{picker.GetAttribute("name")}={number[..^1]}")).Content.ReadAsStringAsync());

        Assert.Equal(id, whole.QuerySelector("[data-exact]")?.GetAttribute("data-value"));
        Assert.Null(part.QuerySelector($"[data-exact][data-value='{id}']"));
    }

    private async Task<(string Chart, string Number)> RegisterAsync(TestClient desk)
    {
        var registered = await desk.SubmitAsync(await desk.PageAsync("/patients/registrations/quick"), "form[action='/patients/registrations/quick']",
            ("Form.LastName", PatientRows.Tag()), ("Form.FirstName", "Nora"), ("Form.BirthDate", "010548"), ("Form.Sex", "F"), ("Form.MobilePhone", "5550102233"));
        var chart = registered.Headers.Location!.OriginalString;
        return (chart, await shared.Host.North.AskAsync<string>($"select record_number from patients.patients where id = '{chart.Split('/')[^1]}'"));
    }
}
