using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>A hand scanner on the desk: a keyboard that is faster than hands and ends with Enter.</summary>
public sealed class ScanACode(Browser browser, Office office)
{
    [Fact]
    public async Task A_label_scanned_into_the_search_box_or_beside_any_field_opens_its_chart()
    {
        var (patient, number) = await PatientAsync();
        await using var desk = await DeskAsync();

        await desk.PressAsync("Control+k");
        await desk.ScanAsync(number);
        await Expect(desk.Page.Locator(".banner")).ToContainTextAsync(patient.LastFirst);

        await desk.Page.GotoAsync("/scheduling/days");
        await desk.Page.Locator("#main").FocusAsync();
        await desk.ScanAsync(number);
        await Expect(desk.Page.Locator(".banner")).ToContainTextAsync(patient.LastFirst);
        desk.AssertQuiet();
    }

    [Fact]
    public async Task A_scan_chooses_the_patient_in_a_form_and_never_sends_it_half_filled()
    {
        var (patient, number) = await PatientAsync();
        await using var desk = await DeskAsync();
        await desk.Page.GotoAsync("/referrals/referrals/write");
        var posts = 0;
        desk.Page.Request += (_, request) => posts += request.Method == "POST" ? 1 : 0;

        await desk.Page.Locator("main input[data-pick]").First.FocusAsync();
        await desk.ScanAsync(number);
        await Expect(desk.Page.Locator("main input[data-pick]").First).ToHaveValueAsync(patient.LastFirst);

        // A scan that was meant for another field stays there.
        await desk.Page.Locator("summary").Filter(new() { HasText = "not on the list yet" }).First.ClickAsync();
        var organization = desk.Page.Locator("[name=Organization]");
        await organization.FocusAsync();
        await desk.ScanAsync("(01)00312345678906");
        await Expect(organization).ToHaveValueAsync("(01)00312345678906");
        Assert.EndsWith("/referrals/referrals/write", desk.Page.Url, StringComparison.Ordinal);
        Assert.Equal(0, posts);
        desk.AssertQuiet();
    }

    [Fact]
    public async Task What_hands_type_is_no_scan()
    {
        var (patient, _) = await PatientAsync();
        await using var desk = await DeskAsync();
        await desk.Page.GotoAsync("/patients/registrations/quick");

        await desk.Page.Locator("[name='Form.LastName']").FocusAsync();
        await desk.TypeAsync("Zqhands");
        await desk.PressAsync("Enter");

        // The form was sent: the browser asks for what is missing.
        await Expect(desk.Page.Locator("[name='Form.FirstName']")).ToBeFocusedAsync();
        await Expect(desk.Page.Locator("[name='Form.LastName']")).ToHaveValueAsync("Zqhands");
        desk.AssertQuiet();
        Assert.NotEqual(Guid.Empty, patient.Id);
    }

    private async Task<Desk> DeskAsync()
    {
        var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        return desk;
    }

    private async Task<(Known Patient, string Number)> PatientAsync()
    {
        var patient = await office.EstablishedPatientAsync();
        await using var command = office.Demo.Database.CreateCommand("select record_number from patients.patients where id = $1");
        command.Parameters.Add(new() { Value = patient.Id });
        return (patient, (string)(await command.ExecuteScalarAsync())!);
    }
}
