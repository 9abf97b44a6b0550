using Modular.Testing;

namespace Modular.Referrals.Tests;

/// <summary>Journeys: a browser, one file per journey a person makes.</summary>
public sealed class ReferralJourney(Office office)
{
    [Fact]
    public async Task The_front_desk_refers_a_patient_from_the_chart_and_checks_the_coverage()
    {
        var patient = await office.Practice.RegisterPatientAsync("Ibarra", "Rafael");
        await using var desk = await TestBrowser.SignInAsync(office.Practice, "front-desk");

        await desk.OpenAsync($"/patients/charts/{patient}");
        await desk.ChooseAsync("Refer to a specialist");
        await desk.FillAsync("SpecialistName", "Sela Ostrow, MD");
        await desk.FillAsync("Reason", "Colonoscopy, FIT positive");
        await desk.ChooseAsync("Write referral");
        await desk.SeesAsync("Ibarra, Rafael is referred to Sela Ostrow, MD.");

        await desk.ChooseAsync("Check coverage");
        await desk.ChooseAsync("Not needed");
        await desk.ChooseAsync("Save coverage check");
        await desk.SeesAsync("Coverage of Ibarra, Rafael is checked.");
        desk.ShouldBeQuiet();
    }
}
