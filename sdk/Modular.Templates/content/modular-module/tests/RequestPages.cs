using System.Net;
using Modular.Newmodule.Messages;
using Modular.Patients.Messages;
using Modular.Testing;

namespace Modular.Newmodule.Tests;

/// <summary>Slices: the real host and its database, through HTTP.</summary>
public sealed class RequestPages(Office office)
{
    private TestPractice Practice => office.Practice;

    [Fact]
    public async Task The_front_desk_adds_a_request_from_the_chart_and_finds_it_in_the_list()
    {
        await Practice.ListenAsync<RequestChanged>();
        var patient = await Practice.RegisterPatientAsync("Vale", "Ada");
        using var desk = await Practice.SignInAsync("front-desk");

        var form = await (await desk.OpenAsync($"/patients/charts/{patient}")).FollowAsync("Add request");
        var list = await form.SubmitAsync("form#add-request", ("Title", "Second opinion"));

        list.ShouldBe(HttpStatusCode.OK).ShouldSay("Second opinion is asked for Vale, Ada.").ShouldHave("tbody a[href$='" + patient + "']", count: 1);
        Assert.Contains(await Practice.HeardAsync<RequestChanged>(), m => m.PatientId == patient && m.DoneOn is null);
    }

    [Fact]
    public async Task A_request_without_words_is_refused_and_nothing_typed_is_lost()
    {
        var patient = await Practice.RegisterPatientAsync("Hart", "Ben");
        using var desk = await Practice.SignInAsync("front-desk");

        var form = await desk.OpenAsync($"/newmodule/requests/add?patient={patient}");
        var again = await form.SubmitAsync("form#add-request", ("Title", ""));

        again.ShouldBe(HttpStatusCode.UnprocessableEntity).ShouldHave($"input[name=Patient][value='{patient}']");
    }

    [Fact]
    public async Task Of_two_people_who_change_a_request_the_later_sees_both_versions_and_chooses()
    {
        var patient = await Practice.RegisterPatientAsync("Brandt", "Hana");
        using var desk = await Practice.SignInAsync("front-desk");
        await (await desk.OpenAsync($"/newmodule/requests/add?patient={patient}")).SubmitAsync("form#add-request", ("Title", "Records"));
        var (first, second) = (await desk.OpenAsync("/newmodule?q=Brandt"), await desk.OpenAsync("/newmodule?q=Brandt"));
        var (mine, theirs) = (await first.FollowAsync("Records"), await second.FollowAsync("Records"));
        await theirs.SubmitAsync("form[data-guard]", ("Title", "Records of 2025"));

        var both = await mine.SubmitAsync("form[data-guard]", ("Title", "Records and X-rays"));
        both.ShouldBe(HttpStatusCode.Conflict).ShouldSay("Records of 2025").ShouldHave("#conflict tbody tr", count: 1);

        (await both.SubmitAsync("form[data-guard]")).ShouldBe(HttpStatusCode.OK).ShouldSay("Records and X-rays is changed.");
    }

    [Fact]
    public async Task The_list_follows_the_name_of_the_patient()
    {
        var patient = await Practice.RegisterPatientAsync("Moss", "Cleo");
        using var desk = await Practice.SignInAsync("front-desk");
        await (await desk.OpenAsync($"/newmodule/requests/add?patient={patient}")).SubmitAsync("form#add-request", ("Title", "Letter"));

        await Practice.PublishAsync(new PatientChanged(patient, 99, "1", "Cleo", "Married", null, new(1948, 1, 5), "F", null, null, false, true));
        await Practice.SettleAsync();

        (await desk.OpenAsync("/newmodule?q=Married")).ShouldSay("Married, Cleo");
    }

    [Fact]
    public async Task A_biller_sees_the_list_and_may_not_add_to_it()
    {
        using var biller = await Practice.SignInAsync("biller");

        Assert.Equal(HttpStatusCode.OK, await biller.StatusOfAsync("/newmodule"));
        Assert.Equal(HttpStatusCode.Forbidden, await biller.StatusOfAsync("/newmodule/requests/add"));
    }

    [Fact]
    public async Task What_waits_longer_than_the_settings_say_is_overdue_until_it_is_done()
    {
        // A practice of its own: the sessions of the other tests would end with these weeks.
        await using var practice = await TestPractice.StartAsync();
        var patient = await practice.RegisterPatientAsync("Okafor", "Dee");
        using (var desk = await practice.SignInAsync("front-desk"))
        {
            await (await desk.OpenAsync($"/newmodule/requests/add?patient={patient}")).SubmitAsync("form#add-request", ("Title", "Records"));
        }

        practice.Clock.Pass(TimeSpan.FromDays(16));
        await practice.RunJobAsync("newmodule.overdue");

        using var later = await practice.SignInAsync("front-desk");
        var list = (await later.OpenAsync("/newmodule?q=Okafor")).ShouldSay("Overdue");
        await list.SubmitAsync("form[action^='/newmodule/requests/close']");
        (await later.OpenAsync("/newmodule?q=Okafor")).ShouldNotSay("Records");
    }

    [Fact]
    public async Task A_practice_that_turns_the_module_on_late_finds_its_patients_in_it()
    {
        await using var practice = await TestPractice.StartAsync(new() { Off = ["newmodule"] });
        var patient = await practice.RegisterPatientAsync("Solberg", "Ingrid");

        await practice.TurnOnAsync("newmodule");

        using var desk = await practice.SignInAsync("front-desk");
        var form = await (await desk.OpenAsync($"/patients/charts/{patient}")).FollowAsync("Add request");
        (await form.SubmitAsync("form#add-request", ("Title", "Letter"))).ShouldSay("Letter is asked for Solberg, Ingrid.");
    }

    [Fact]
    public async Task The_manager_finds_the_setting_and_the_front_desk_its_tile_and_its_help()
    {
        var patient = await Practice.RegisterPatientAsync("Quist", "Nora");
        using var desk = await Practice.SignInAsync("front-desk");
        await (await desk.OpenAsync($"/newmodule/requests/add?patient={patient}")).SubmitAsync("form#add-request", ("Title", "Letter"));
        using var manager = await Practice.SignInAsync("manager");

        (await desk.OpenAsync("/")).ShouldHave("a[href='/newmodule']");
        (await manager.OpenAsync("/admin/settings")).ShouldSay("Newmodule");
        (await desk.OpenAsync("/help/newmodule/index")).ShouldSay("To ask for something");
    }
}
