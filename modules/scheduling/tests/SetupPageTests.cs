using System.Net;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>The pages where a manager says what can be booked and when.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class SetupPageTests(Clinic clinic)
{
    [Fact]
    public async Task A_type_is_added_changed_and_taken_out_of_use()
    {
        using var manager = await ManagerAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await SaveTypeAsync(manager, "", ("Name", "Zq physical"), ("Minutes", "45"), ("Kind", "well"), ("NeedsRoom", "true"), ("PrepMinutes", "10"), ("BookedByRoles", Roles.Nurse))).StatusCode);
        var id = await clinic.AskAsync<Guid>("select id from scheduling.appointment_types where name = 'Zq physical' and minutes = 45 and needs_room and prep_minutes = 10 and booked_by_roles = '{nurse}'");

        var page = await manager.PageAsync($"/scheduling/types/edit/{id}");
        Assert.NotNull(page.QuerySelector("input[name=BookedByRoles][value=nurse][checked]"));
        var saved = await manager.SubmitAsync(page, "form.form", ("Minutes", "50"), ("Active", "false"));

        Assert.Equal("/scheduling/types", saved.Headers.Location!.ToString());
        Assert.Equal(1L, await clinic.AskAsync<long>($"select count(*) from scheduling.appointment_types where id = '{id}' and minutes = 50 and not active and needs_room"));
        Assert.Contains("Zq physical", (await manager.PageAsync("/scheduling/types")).QuerySelector("table")!.TextContent);
    }

    [Theory]
    [InlineData("Minutes", "3", "A visit takes 5 to 720 minutes.")]
    [InlineData("Name", "", "Give the type a name.")]
    [InlineData("CleanUpMinutes", "500", "At most 120 minutes.")]
    [InlineData("Kind", "party", "Choose a kind from the list.")]
    public async Task What_is_wrong_with_a_type_is_said_and_the_rest_stays_typed(string field, string value, string sentence)
    {
        using var manager = await ManagerAsync();
        (string Name, string Value)[] form = [("Name", "Zq wrong"), ("Minutes", "45"), ("PrepMinutes", "7")];

        var refused = await SaveTypeAsync(manager, "", [.. form.Where(f => f.Name != field), (field, value)]);
        var page = await TestClient.ParseAsync(await refused.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(sentence, page.QuerySelector(".errors")!.TextContent);
        Assert.Equal("7", page.QuerySelector("[name=PrepMinutes]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Two_types_have_no_name_in_common_and_the_later_of_two_editors_is_told()
    {
        using var manager = await ManagerAsync();
        await SaveTypeAsync(manager, "", ("Name", "Zq twice"));
        Assert.Contains("Another type has this name already.", await Clinic.ErrorsAsync(await SaveTypeAsync(manager, "", ("Name", "zq TWICE"))));
        var id = await clinic.AskAsync<Guid>("select id from scheduling.appointment_types where name = 'Zq twice'");
        var (first, second) = (await manager.PageAsync($"/scheduling/types/edit/{id}"), await manager.PageAsync($"/scheduling/types/edit/{id}"));
        await manager.SubmitAsync(first, "form.form", ("Minutes", "30"));

        var late = await manager.SubmitAsync(second, "form.form", ("Minutes", "60"));

        Assert.Contains("You changed this type", await Clinic.ErrorsAsync(late));
        Assert.Equal(30, await clinic.AskAsync<int>($"select minutes from scheduling.appointment_types where id = '{id}'"));
    }

    [Fact]
    public async Task Weekly_hours_count_from_their_day_on_and_those_before_stay()
    {
        var provider = await clinic.AddProviderAsync("Dr. Hours");
        using var manager = await ManagerAsync();
        var at = $"/scheduling/hours/{provider}?location={TestHost.NorthMain}";

        var saved = await manager.SubmitAsync(await manager.PageAsync(at), "form[data-guard]",
            ("ValidFrom", "06/22/2026"), ("Week[1].Opens", "8"), ("Week[1].Closes", "12"), ("Week[1].OpensAgain", "1"), ("Week[1].ClosesAgain", "530p"));

        Assert.True(saved.StatusCode == HttpStatusCode.Redirect, await Clinic.ErrorsAsync(saved));
        Assert.Equal(7L, await clinic.AskAsync<long>($"select count(*) from scheduling.templates where provider_id = '{provider}' and valid_to = '2026-06-21' and opens = '09:00'"));
        Assert.Equal("08:00-12:00 13:00-17:30", await clinic.AskAsync<string>($"""
            select string_agg(to_char(opens, 'HH24:MI') || '-' || to_char(closes, 'HH24:MI'), ' ' order by opens)
            from scheduling.templates where provider_id = '{provider}' and weekday = 1 and valid_from = '2026-06-22'
            """));
    }

    [Theory]
    [InlineData("Week[2].Closes", "", "Tuesday: give both from and to, or neither.")]
    [InlineData("Week[2].Closes", "8", "Tuesday: “to” comes after “from”.")]
    [InlineData("Week[2].OpensAgain", "3", "Tuesday: the second hours begin after the first end.")]
    [InlineData("Week[2].Opens", "soon", "Not a time.")]
    [InlineData("ValidFrom", "", "From which day on?")]
    public async Task Hours_that_cannot_be_meant_are_refused_with_what_is_wrong(string field, string value, string sentence)
    {
        var provider = await clinic.AddProviderAsync($"Dr. Wrong {field}{value}");
        using var manager = await ManagerAsync();

        var refused = await manager.SubmitAsync(await manager.PageAsync($"/scheduling/hours/{provider}?location={TestHost.NorthMain}"), "form[data-guard]", ("Week[2].ClosesAgain", "6p"), ("Week[2].OpensAgain", "530p"), (field, value));

        Assert.Contains(sentence, await Clinic.ErrorsAsync(refused));
        Assert.Equal(0L, await clinic.AskAsync<long>($"select count(*) from scheduling.templates where provider_id = '{provider}' and valid_from > '2026-01-01'"));
    }

    [Fact]
    public async Task A_provider_is_at_one_place_at_a_time()
    {
        var provider = await clinic.AddProviderAsync("Dr. Two Places");
        using var manager = await ManagerAsync();

        var refused = await manager.SubmitAsync(await manager.PageAsync($"/scheduling/hours/{provider}?location={TestHost.NorthLake}"), "form[data-guard]", ("Week[3].Opens", "10"), ("Week[3].Closes", "11"));

        Assert.Contains("has other hours at one of these times, here or at another location", await Clinic.ErrorsAsync(refused));
    }

    [Fact]
    public async Task Leave_is_added_counts_the_visits_booked_then_and_is_taken_back()
    {
        var provider = await clinic.AddProviderAsync("Dr. Away");
        var patient = (await clinic.AddPatientsAsync(1))[0];
        using var manager = await ManagerAsync();
        await clinic.BookAsync(manager, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(25, "09:00")));

        var added = await manager.SubmitAsync(await manager.PageAsync("/scheduling/exceptions/add"), "form.form",
            ("Kind", "leave"), ("Provider", $"{provider}"), ("From", "6/24/26"), ("To", "6/26/26"), ("Reason", "Zq vacation"));

        Assert.True(added.StatusCode == HttpStatusCode.Redirect, await Clinic.ErrorsAsync(added));
        var list = await manager.PageAsync("/scheduling/exceptions");
        Assert.Contains("1 visit is booked then", list.QuerySelector("#toasts")!.TextContent);
        Assert.Contains("Wed, Jun 24 – Fri, Jun 26", list.Body!.TextContent);
        var id = await clinic.AskAsync<Guid>("select id from scheduling.schedule_exceptions where reason = 'Zq vacation'");
        await manager.SubmitAsync(list, $"form[action$='{id}/remove']");
        Assert.Equal(0L, await clinic.AskAsync<long>("select count(*) from scheduling.schedule_exceptions where reason = 'Zq vacation'"));
    }

    [Theory]
    [InlineData("/scheduling/types")]
    [InlineData("/scheduling/types/edit")]
    [InlineData("/scheduling/hours")]
    [InlineData("/scheduling/exceptions")]
    [InlineData("/scheduling/exceptions/add")]
    public async Task Who_may_book_may_not_change_the_setup(string path)
    {
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);

        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync(path)).StatusCode);
    }

    private Task<TestClient> ManagerAsync() => clinic.Host.SignInAsync(clinic.North, Roles.Manager);

    private static async Task<HttpResponseMessage> SaveTypeAsync(TestClient manager, string id, params (string, string)[] values) =>
        await manager.SubmitAsync(await manager.PageAsync($"/scheduling/types/edit/{id}"), "form.form", values);
}
