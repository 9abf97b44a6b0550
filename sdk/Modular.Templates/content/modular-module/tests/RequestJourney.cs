using Modular.Testing;

namespace Modular.Newmodule.Tests;

/// <summary>Journeys: a browser, one file per journey a person makes.</summary>
public sealed class RequestJourney(Office office)
{
    [Fact]
    public async Task The_front_desk_asks_for_something_from_the_chart()
    {
        var patient = await office.Practice.RegisterPatientAsync("Ibarra", "Rafael");
        await using var desk = await TestBrowser.SignInAsync(office.Practice, "front-desk");

        await desk.OpenAsync($"/patients/charts/{patient}");
        await desk.ChooseAsync("Add request");
        await desk.FillAsync("Title", "Second opinion");
        await desk.ChooseAsync("Add request");

        await desk.SeesAsync("Second opinion is asked for Ibarra, Rafael.");
        desk.ShouldBeQuiet();
    }
}
