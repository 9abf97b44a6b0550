using Modular.Host.Callers;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

public sealed class WhoSawAPatient(Browser browser, Office office)
{
    private const string Nurse = "Nora Quist";

    [Fact]
    public async Task The_privacy_officer_finds_who_saw_a_patient_and_exports_the_list_after_saying_who_it_is()
    {
        var patient = await office.EstablishedPatientAsync();
        await using (var nurse = await Desk.OpenAsync(browser, office.Host, office.Demo))
        {
            await nurse.SignInAsync(Roles.Nurse);
            await nurse.Page.GotoAsync(patient.Chart);
            await Expect(nurse.Page.Locator(".banner")).ToContainTextAsync(patient.Last);
        }

        await using var officer = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await officer.SignInAsync(Roles.Manager);
        await officer.Page.GotoAsync("/admin/audit");
        await officer.AssertAccessibleAsync();
        // By the id: another journey may have seen somebody of the same name.
        await officer.Page.Locator($"tbody td[data-label=Patient] a[href*='{patient.Id}']").First.ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToContainTextAsync("Who saw and changed");
        var seen = officer.Page.Locator("tbody tr").Filter(new() { HasText = "chart" }).First;
        await Expect(seen).ToContainTextAsync("saw");
        await Expect(seen).ToContainTextAsync(Nurse);
        await officer.AssertAccessibleAsync();

        office.Pass(Session.StepUpFor + TimeSpan.FromMinutes(1));
        await officer.Page.Locator("a[href*='/admin/audit/export']").ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync("Confirm it is you");
        await officer.AssertAccessibleAsync();
        await officer.Page.Locator("#password").FillAsync(Modular.Host.Demo.DemoSeeder.Password);
        var file = await officer.Page.RunAndWaitForDownloadAsync(() => officer.ChooseAsync("Continue"));
        var lines = await File.ReadAllLinesAsync(await file.PathAsync());
        Assert.Contains(lines, l => l.Contains(Nurse, StringComparison.Ordinal) && l.Contains(patient.Id.ToString(), StringComparison.Ordinal));
        Assert.All(lines.Skip(1), l => Assert.Contains(patient.Id.ToString(), l, StringComparison.Ordinal));
        officer.AssertQuiet();
    }
}
