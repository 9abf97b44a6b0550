using System.IO.Compression;
using System.Net;
using Modular.Patients.Messages;
using Modular.Scheduling.Messages;
using Modular.Scheduling.Nightly;
using Modular.Sdk;
using Modular.Sdk.Core;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>The day list and the steps taken from it; who may see and do what.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class DayTests(Clinic clinic)
{
    [Fact]
    public async Task A_visit_goes_through_its_day_from_the_list_without_script()
    {
        var (desk, visit) = await BookedTodayAsync("Dr. Day", "11:00");

        Assert.Equal("/scheduling/days/2026-06-10?location=" + TestHost.NorthMain, (await clinic.StepAsync(desk, visit, "arrive")).Headers.Location!.ToString());
        Assert.Equal("arrived", await clinic.StatusAsync(visit));
        var page = await desk.PageAsync("/scheduling/days");
        Assert.Contains("arrived", page.QuerySelector("#toasts, .toasts")!.TextContent);
        await clinic.StepAsync(desk, visit, "check-out");
        Assert.Equal("checked-out", await clinic.StatusAsync(visit));
        await clinic.StepAsync(desk, visit, "undo");
        await clinic.StepAsync(desk, visit, "undo");

        Assert.Equal("booked", await clinic.StatusAsync(visit));
        Assert.Equal(["arrived", "checked-out", "arrived", "booked"], clinic.Published.Select(m => m switch
        {
            Arrived a => a.Visit,
            CheckedOut c => c.Visit,
            StepTakenBack s => s.Visit,
            _ => null,
        }).Where(v => v?.VisitId == visit).Select(v => v!.Status));
    }

    [Fact]
    public async Task A_list_asked_again_shows_what_any_statement_changed_meanwhile()
    {
        var (desk, visit) = await BookedTodayAsync("Dr. Mark", "11:20");
        var day = $"/scheduling/days?location={TestHost.NorthMain}";
        await desk.PageAsync(day);

        // As a projection writes it: past the context, without a new version.
        await clinic.SqlAsync($"update scheduling.visits set patient_name = 'Anders, Renamed' where id = '{visit}'");
        Assert.Contains("Anders, Renamed", (await desk.PageAsync(day)).Body!.TextContent);

        await clinic.SqlAsync($"update scheduling.providers set name = 'Dr. Marked' where name = 'Dr. Mark'; delete from scheduling.visits where id = '{visit}'");
        var page = (await desk.PageAsync(day)).Body!.TextContent;
        Assert.DoesNotContain("Anders, Renamed", page);
        Assert.Contains("Dr. Marked", page);
    }

    [Fact]
    public async Task The_second_of_two_people_is_told_what_the_visit_is_now()
    {
        var (desk, visit) = await BookedTodayAsync("Dr. Second Look", "11:00");
        await clinic.StepAsync(desk, visit, "arrive", 1);

        await clinic.StepAsync(desk, visit, "no-show", 1);

        Assert.Equal("arrived", await clinic.StatusAsync(visit));
        Assert.Contains("Somebody changed this visit meanwhile: Kaur, SimranA is arrived.", (await desk.PageAsync("/scheduling/days")).Body!.TextContent);
    }

    [Fact]
    public async Task Twenty_people_who_press_arrive_at_once_make_one_arrival()
    {
        var (desk, visit) = await BookedTodayAsync("Dr. Twenty", "11:00");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => clinic.StepAsync(desk, visit, "arrive", 1)));

        Assert.Equal(2, await clinic.AskAsync<int>($"select version from scheduling.visits where id = '{visit}'"));
    }

    [Fact]
    public async Task Roles_without_the_right_other_locations_and_other_practices_get_nothing()
    {
        var (desk, visit) = await BookedTodayAsync("Dr. Closed", "11:00");
        using var biller = await clinic.Host.SignInAsync(clinic.North, Roles.Biller);
        using var elsewhere = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk, [TestHost.NorthLake]);
        using var south = await clinic.Host.SignInAsync(clinic.Host.South, Roles.FrontDesk);

        Assert.Equal(HttpStatusCode.OK, (await biller.GetAsync("/scheduling/days")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await biller.GetAsync("/scheduling/appointments/book")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.GetAsync($"/scheduling/appointments/{visit}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.GetAsync($"/scheduling/days?location={TestHost.NorthMain}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.GetAsync($"/scheduling/appointments/book?location={TestHost.NorthMain}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await south.GetAsync($"/scheduling/appointments/{visit}")).StatusCode);
        Assert.DoesNotContain("Dr. Closed", (await south.PageAsync("/scheduling/days")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync($"/scheduling/appointments/{visit}")).StatusCode);
    }

    [Fact]
    public async Task Dates_are_typed_as_people_type_them()
    {
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);

        Assert.StartsWith("/scheduling/days/2026-06-24?", (await desk.GetAsync("/scheduling/days?to=t%2B14")).Headers.Location!.ToString());
        Assert.StartsWith("/scheduling/days/2026-07-01?", (await desk.GetAsync("/scheduling/days?to=3w")).Headers.Location!.ToString());
        Assert.Contains("Today, Wednesday, June 10", (await desk.PageAsync("/scheduling/days/t")).QuerySelector("h1")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync("/scheduling/days/nonsense")).StatusCode);
    }

    [Fact]
    public async Task A_full_day_of_eight_providers_is_one_small_page_whatever_its_length()
    {
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk, [TestHost.NorthLake]);
        await FillDayAsync(new(2026, 8, 3), providers: 8, visitsEach: 18);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/scheduling/days/2026-08-03");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        var response = await desk.Http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        await using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        var page = await TestClient.ParseAsync(await new StreamReader(gzip).ReadToEndAsync());

        Assert.Equal(8 * 18, page.QuerySelectorAll(".slot:not(.open)").Length);
        Assert.InRange(body.Length, 1, 12 * 1024);
    }

    [Fact]
    public async Task A_late_message_changes_nothing_and_a_new_name_reaches_the_visits()
    {
        var (desk, provider, patient) = (await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk), await clinic.AddProviderAsync("Dr. Named"), (await clinic.AddPatientsAsync(1))[0]);
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00")));
        PatientChanged Told(int version, string last) => new(patient, version, "R1", "Simran", last, null, new(1980, 1, 1), "F", null, null, false, true);

        await clinic.Host.PublishAsync(clinic.North, Told(3, "Gill"));
        await clinic.North.UntilAsync($"select patient_name from scheduling.visits where id = '{visit}'", "Gill, Simran");
        await clinic.Host.PublishAsync(clinic.North, Told(2, "Late"));
        await clinic.Host.PublishAsync(clinic.North, new StaffMemberChanged(provider, 2, "", "Renamed", "MD", "Dr. Renamed", null, true, true));
        await clinic.North.UntilAsync($"select provider_name from scheduling.visits where id = '{visit}'", "Dr. Renamed");
        await clinic.North.UntilAsync("select count(*) from bus.inbox where queue like 'scheduling.%' and status = 'incoming'", 0L);

        Assert.Equal("Gill, Simran", await clinic.AskAsync<string>($"select patient_name from scheduling.visits where id = '{visit}'"));
        Assert.Equal(3, await clinic.AskAsync<int>($"select version from scheduling.patients where id = '{patient}'"));
    }

    [Fact]
    public async Task A_visit_nobody_closed_becomes_work_and_leaves_the_inbox_when_it_is_closed()
    {
        var (desk, visit) = await BookedTodayAsync("Dr. Open", "11:00");
        await clinic.StepAsync(desk, visit, "arrive");
        await clinic.SqlAsync($"update scheduling.visits set starts_at = starts_at - interval '1 day', ends_at = ends_at - interval '1 day', held_from = held_from - interval '1 day', held_to = held_to - interval '1 day' where id = '{visit}'");

        await clinic.Host.PublishAsync(clinic.North, new MarkOpenVisits());
        await clinic.North.UntilAsync($"select left_open from scheduling.visits where id = '{visit}'", true);
        Assert.StartsWith("Check out Kaur", await clinic.AskAsync<string>($"select title from core.tasks where entity_id = '{visit}'"));

        await clinic.StepAsync(desk, visit, "check-out");
        Assert.Equal(0L, await clinic.AskAsync<long>($"select count(*) from core.tasks where entity_id = '{visit}'"));
    }

    [Fact]
    public async Task Looking_at_the_day_is_in_the_access_log_of_each_patient_on_it()
    {
        var (desk, visit) = await BookedTodayAsync("Dr. Seen", "11:00");
        await desk.PageAsync($"/scheduling/days/2026-06-10?location={TestHost.NorthMain}");

        Assert.True(await clinic.AskAsync<long>($"select count(*) from audit.entries where what like 'Day list%' and patient_ids @> array[(select patient_id from scheduling.visits where id = '{visit}')]") > 0);
    }

    private async Task<(TestClient Desk, Guid Visit)> BookedTodayAsync(string provider, string time)
    {
        var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var (id, patient) = (await clinic.AddProviderAsync(provider), (await clinic.AddPatientsAsync(1))[0]);
        return (desk, await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, id, Clinic.At(10, time))));
    }

    private async Task FillDayAsync(DateOnly day, int providers, int visitsEach)
    {
        var patients = await clinic.AddPatientsAsync(providers * visitsEach, "Whitfield");
        for (var i = 0; i < providers; i++)
        {
            var id = await clinic.AddProviderAsync($"Dr. Lake {(char)('A' + i)}", TestHost.NorthLake);
            await clinic.SqlAsync($"""
                insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone,
                    starts_at, ends_at, held_from, held_to, booking_key, booked_at, booked_by)
                select gen_random_uuid(), p.id, '{id}', '{TestHost.NorthLake}', '{clinic.FollowUp}', p.name, 'Dr. Lake', 'Follow-up', 'visit', 'America/Chicago',
                    at, at + interval '20 minutes', at, at + interval '20 minutes', gen_random_uuid(), now(), 'Paula'
                from (select id, name, timestamptz '{day:yyyy-MM-dd} 14:00Z' + row_number() over () * interval '25 minutes' as at
                      from scheduling.patients where id = any('{"{" + string.Join(',', patients.Skip(i * visitsEach).Take(visitsEach)) + "}"}')) p
                """);
        }
    }
}
