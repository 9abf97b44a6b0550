using System.Net;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Setup;
using Modular.Sdk;
using Modular.Sdk.Core;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>What the office enters under Locations decides what is offered and booked, whatever the providers' own hours say.</summary>
public sealed class OpeningHoursTests
{
    private static readonly Guid Place = Guid.CreateVersion7();
    private static readonly Guid Cole = Guid.CreateVersion7();
    private static readonly DateOnly Monday = new(2026, 6, 15);
    private static readonly AppointmentType Visit20 = new() { Name = "Follow-up", Minutes = 20 };

    [Fact]
    public void Weekly_hours_count_only_while_the_location_is_open_and_extra_hours_open_the_door()
    {
        var facts = Facts([new(1, new(8, 30), new(12, 0)), new(1, new(13, 0), new(15, 0))]);

        Assert.Equal(["8:30-12:00", "13:00-15:00"], Hours(facts, Monday));
        Assert.Empty(Hours(facts, Monday.AddDays(1)));
        var evening = new ScheduleException
        {
            Kind = ScheduleException.ExtraHours, ProviderId = Cole, LocationId = Place, FromDate = Monday, ToDate = Monday, Opens = new(18, 0), Closes = new(20, 0), Reason = "Flu clinic",
        };
        Assert.Equal(["8:30-12:00", "13:00-15:00", "18:00-20:00"], Hours(facts with { Exceptions = [evening] }, Monday));
        Assert.Equal(["8:00-17:00"], Hours(Facts([]), Monday));
    }

    [Theory]
    [InlineData("08:30", Fit.Free)]
    [InlineData("08:20", Fit.NotOpen)]
    [InlineData("12:00", Fit.NotOpen)]
    [InlineData("14:40", Fit.Free)]
    [InlineData("14:50", Fit.NotOpen)]
    public void A_start_outside_the_opening_hours_is_refused_for_that_reason(string time, Fit fit)
    {
        var availability = new Availability(Facts([new(1, new(8, 30), new(12, 0)), new(1, new(13, 0), new(15, 0))]));

        Assert.Equal(fit, availability.Check(Cole, Visit20, WallTime.Instant(Monday, TimeOnly.Parse(time), "America/New_York")).Fit);
    }

    [Fact]
    public async Task Hours_and_closed_days_entered_under_locations_are_kept_by_the_search_and_by_booking()
    {
        await using var clinic = new Clinic();
        await clinic.InitializeAsync();
        var provider = await clinic.AddProviderAsync("Dr. Cole");
        var patient = (await clinic.AddPatientsAsync(1))[0];
        using var manager = await clinic.Host.SignInAsync(clinic.North, Roles.Manager);
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);

        // Open from ten to four on weekdays, closed on Friday, June 12.
        var week = Enumerable.Range(1, 5).SelectMany(day => new[] { ($"Week[{day}].Opens", "10:00"), ($"Week[{day}].Closes", "16:00") }).ToArray();
        var saved = await manager.SubmitAsync(await manager.PageAsync($"/admin/locations/edit/{TestHost.NorthMain}"), "form[data-guard]", week);
        Assert.True(saved.StatusCode == HttpStatusCode.Redirect, await Clinic.ErrorsAsync(saved));
        var closed = await manager.SubmitAsync(await manager.PageAsync("/admin/locations/closures/add"), "form[data-guard]",
            ("From", "06/12/2026"), ("Reason", "Staff training"));
        Assert.True(closed.StatusCode == HttpStatusCode.Redirect, await Clinic.ErrorsAsync(closed));
        await clinic.North.UntilAsync($"select version from scheduling.location_hours where location_id = '{TestHost.NorthMain}'", 2);
        await clinic.North.UntilAsync("select count(*) from scheduling.closures where active", 1L);

        await RefusedAsync(desk, clinic, patient, provider, Clinic.At(12, "11:00"), "Main Street is closed then: Staff training.");
        await RefusedAsync(desk, clinic, patient, provider, Clinic.At(15, "09:00"), "Main Street is not open at 9:00 am on Monday, June 15.");
        await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(15, "10:00")));
        await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(15, "09:00"), more: ("OverbookReason", "Doctor asked")));

        var locations = await manager.PageAsync("/admin/locations");
        await manager.SubmitAsync(locations, "form[action^='/admin/locations/closures/'][action$='/remove']");
        await clinic.North.UntilAsync("select count(*) from scheduling.closures where active", 0L);
        await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(12, "11:00")));
    }

    private static async Task RefusedAsync(TestClient desk, Clinic clinic, Guid patient, Guid provider, string start, string sentence)
    {
        var response = await desk.SubmitAsync(await desk.PageAsync("/scheduling/appointments/book"), "form#book", Clinic.Form(patient, clinic.FollowUp, provider, start));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(sentence, await Clinic.ErrorsAsync(response), StringComparison.Ordinal);
    }

    private static ScheduleFacts Facts(OpenHours[] open) => new(
        Place, "Main Street", "America/New_York", [new(Cole, "Dr. Cole")], [],
        [.. Enumerable.Range(0, 7).Select(day => new Template
        {
            ProviderId = Cole, LocationId = Place, Weekday = day, Opens = new(8, 0), Closes = new(17, 0), ValidFrom = new(2026, 1, 1),
        })],
        [], [], open);

    private static IEnumerable<string> Hours(ScheduleFacts facts, DateOnly day) => new Availability(facts).Windows(Cole, day)
        .Select(w => $"{WallTime.At(w.From, facts.Zone):H:mm}-{WallTime.At(w.To, facts.Zone):H:mm}");
}
