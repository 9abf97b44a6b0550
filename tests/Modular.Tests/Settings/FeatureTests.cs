using System.Net;
using Modular.Host.Judging;
using Modular.Host.Settings;
using Modular.Sdk;
using Modular.Tests.Harness;
using Modular.Tests.Patients;

namespace Modular.Tests.Settings;

/// <summary>Documents in the chart are a feature of patients: a practice may do without.</summary>
public sealed class FeatureTests
{
    [Fact]
    public async Task A_feature_that_is_switched_off_answers_404_and_is_not_shown_from_the_next_request_on()
    {
        await using var host = await TestHost.StartAsync();
        await using var rows = new PatientRows(host);
        var patient = (await rows.AddAsync("Vale", "Ada", new(1980, 1, 5))).Id;
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        Assert.NotNull((await owner.PageAsync($"/patients/charts/{patient}")).QuerySelector("#documents"));
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync($"/patients/documents/{patient}/add")).StatusCode);

        await SwitchAsync(owner, "false");

        Assert.Null((await owner.PageAsync($"/patients/charts/{patient}")).QuerySelector("#documents"));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"/patients/documents/{patient}/add")).StatusCode);
        Assert.False(host.North.HasFeature("patients.documents"));
        Assert.True(host.South.HasFeature("patients.documents"));

        await SwitchAsync(owner, "true");
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync($"/patients/documents/{patient}/add")).StatusCode);
    }

    [Fact]
    public async Task A_feature_is_the_practices_and_no_location_has_it_apart()
    {
        await using var host = await TestHost.StartAsync();
        using var owner = await host.SignInAsync(host.North, Roles.Owner);

        Assert.NotNull((await owner.PageAsync("/admin/settings/patients")).QuerySelector("[name=keepDocuments]"));
        Assert.Null((await owner.PageAsync($"/admin/settings/patients?location={TestHost.NorthLake}")).QuerySelector("[name=keepDocuments]"));
        Assert.False(host.North.HasFeature("patients.unknown"));
    }

    public sealed class Good
    {
        [Feature("notes.print")]
        public bool Print { get; set; } = true;
    }

    public sealed class Foreign
    {
        [Feature("patients.documents")]
        public bool Print { get; set; } = true;
    }

    public sealed class Number
    {
        [Feature("notes.print")]
        public int Print { get; set; }
    }

    [Fact]
    public void A_feature_that_is_no_boolean_of_the_modules_own_settings_turns_the_module_off()
    {
        Assert.Null(Fault(m => m.Settings<Good>("Notes").Navigation("Print", "/notes/print", "file", "", feature: "notes.print")));
        Assert.Equal("Something of it is shown with the feature notes.draw, which its settings do not have.",
            Fault(m => m.Settings<Good>("Notes").Navigation("Draw", "/notes/draw", "file", "", feature: "notes.draw")));
        Assert.Equal("Its feature patients.documents must be a bool of its settings, named notes.something.", Fault(m => m.Settings<Foreign>("Notes")));
        Assert.Equal("Its feature notes.print must be a bool of its settings, named notes.something.", Fault(m => m.Settings<Number>("Notes")));
    }

    private static string? Fault(Action<ModuleBuilder> declare)
    {
        var builder = new ModuleBuilder(new("notes", "Notes", "1.0.0", "0.9", "Notes.dll"));
        declare(builder);
        return FeatureCheck.Fault("notes", builder.Declared, typeof(IModule).Assembly);
    }

    private static async Task SwitchAsync(TestClient client, string value)
    {
        var page = await client.PageAsync("/admin/settings/patients");
        var response = await client.SubmitAsync(page, "form[data-guard]", ("keepDocuments", value));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }
}
