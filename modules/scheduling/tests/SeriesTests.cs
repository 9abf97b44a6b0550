using System.Net;
using AngleSharp.Html.Dom;
using Modular.Scheduling.Series;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>Visits that repeat. Rule G 70, complaints 5, 9 and 12.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class SeriesTests(Clinic clinic)
{
    [Theory]
    [InlineData("America/New_York")]
    [InlineData("America/Chicago")]
    [InlineData("America/Denver")]
    [InlineData("America/Los_Angeles")]
    [InlineData("America/Anchorage")]
    [InlineData("America/Halifax")]
    public void A_weekly_nine_stays_nine_over_both_clock_changes(string zone)
    {
        foreach (var first in new[] { new DateOnly(2026, 2, 24), new(2026, 10, 20) })
        {
            var starts = Rule.Dates(first, 1, "week", 5).Select(d => Rule.Occurrence(d, new(9, 0), zone).Start).ToList();
            Assert.All(starts, s => Assert.Equal(9, s.Hour));
            Assert.Equal(2, starts.Select(s => s.Offset).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("America/New_York", "2026-03-08", "2026-11-01")]
    [InlineData("America/Chicago", "2026-03-08", "2026-11-01")]
    [InlineData("America/Denver", "2026-03-08", "2026-11-01")]
    [InlineData("America/Los_Angeles", "2026-03-08", "2026-11-01")]
    [InlineData("America/Anchorage", "2026-03-08", "2026-11-01")]
    [InlineData("America/Halifax", "2026-03-08", "2026-11-01")]
    public void Half_past_two_in_spring_is_moved_visibly_and_half_past_one_in_autumn_keeps_its_offset(string zone, string spring, string autumn)
    {
        var (moved, said) = Rule.Occurrence(DateOnly.Parse(spring), new(2, 30), zone);
        Assert.Equal((3, 30), (moved.Hour, moved.Minute));
        Assert.Equal("The clocks go forward: there is no 2:30 am, so it is 3:30 am", said);

        var (first, kept) = Rule.Occurrence(DateOnly.Parse(autumn), new(1, 30), zone);
        Assert.Equal(WallTime.Find(zone).GetUtcOffset(new DateTime(2026, 7, 1)), first.Offset);
        Assert.Contains($"the first 1:30 am (UTC{first:zzz})", kept);
    }

    [Fact]
    public void A_month_after_the_31st_is_the_last_of_the_month_and_the_31st_again()
    {
        Assert.Equal([new(2027, 1, 31), new(2027, 2, 28), new(2027, 3, 31)], Rule.Dates(new(2027, 1, 31), 1, "month", 3));
    }

    [Fact]
    public async Task Every_occurrence_is_checked_and_its_conflict_decided_one_by_one()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Series");
        var others = await clinic.AddPatientsAsync(2);
        // The third and the fifth of six are taken: not the first two.
        await clinic.BookAsync(desk, Clinic.Form(others[0], clinic.FollowUp, provider, Clinic.At(29, "10:00")));
        await clinic.BookAsync(desk, Clinic.Form(others[1], clinic.FollowUp, provider, Clinic.At(13, "10:00", 7)));
        var start = await desk.PageAsync($"/scheduling/series/book?patient={patient}&location={TestHost.NorthMain}");
        var (rule, plan) = (Form(provider, "06/15/2026"), (IHtmlDocument?)null);

        plan = await ShownAsync(desk, start, rule);
        Assert.Equal(2, plan.QuerySelectorAll("td .bad-ink").Length);
        Assert.Equal(6, plan.QuerySelectorAll("tbody tr").Length);

        var undecided = await desk.SubmitAsync(plan, "form#series", [.. rule, ("Sure", "true")]);
        Assert.Contains("Mon, Jun 29 is not decided yet", await Clinic.ErrorsAsync(undecided));

        var nearby = plan.QuerySelector("select[name='Chosen[2026-07-13]'] option[value^='2026']")!.GetAttribute("value")!;
        var booked = await desk.SubmitAsync(plan, "form#series", [.. rule, ("Sure", "true"), ("Chosen[2026-06-29]", "skip"), ("Chosen[2026-07-13]", nearby)]);

        Assert.True(booked.StatusCode == HttpStatusCode.Redirect, await Clinic.ErrorsAsync(booked));
        Assert.Equal(5L, await CountAsync(patient, "true"));
        Assert.Equal(4L, await CountAsync(patient, "(starts_at at time zone zone)::time = '10:00'"));
        Assert.Equal(0L, await CountAsync(patient, "series_on = '2026-06-29'"));
    }

    [Fact]
    public async Task This_and_following_move_and_the_ones_before_stay()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Following");
        var series = await BookedAsync(desk, provider, patient);
        var page = await desk.PageAsync($"/scheduling/series/change/{series}?from=2026-07-06");

        var moved = await desk.SubmitAsync(page, "form#change", ("From", "2026-07-06"), ("Time", "2:00 pm"), ("Days", "1"), ("Provider", $"{provider}"), ("Why", "New job"), ("Do", "move"));

        Assert.True(moved.StatusCode == HttpStatusCode.Redirect, await Clinic.ErrorsAsync(moved));
        Assert.Equal(3L, await CountAsync(patient, "(starts_at at time zone zone)::time = '10:00'"));
        Assert.Equal(3L, await CountAsync(patient, "(starts_at at time zone zone)::time = '14:00' and (starts_at at time zone zone)::date = series_on + 1"));
        Assert.Equal(3L, await clinic.AskAsync<long>($"select count(*) from scheduling.visit_steps c join scheduling.visits v on v.id = c.row_id where v.patient_id = '{patient}' and c.said like '%New job%'"));
    }

    [Fact]
    public async Task Canceling_one_leaves_the_others_and_canceling_all_keeps_what_took_place()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Ending");
        var series = await BookedAsync(desk, provider, patient);
        var first = await clinic.AskAsync<Guid>($"select id from scheduling.visits where series_id = '{series}' order by starts_at limit 1");
        await clinic.StepAsync(desk, first, "cancel", null, ("Reason", "Patient is ill"));
        Assert.Equal(5L, await CountAsync(patient, "status = 'booked'"));

        await desk.SubmitAsync(await desk.PageAsync($"/scheduling/series/change/{series}"), "form#change", ("Time", "10:00 am"), ("Why", "Moved away"), ("Do", "cancel"));

        Assert.Equal(0L, await CountAsync(patient, "status = 'booked'"));
        Assert.Equal(1L, await CountAsync(patient, "reason = 'Patient is ill'"));
    }

    [Fact]
    public async Task A_series_sent_twice_is_booked_once()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Once");
        var page = await desk.PageAsync($"/scheduling/series/book?patient={patient}&location={TestHost.NorthMain}");
        var rule = Form(provider, "06/15/2026");

        await desk.SubmitAsync(page, "form#series", [.. rule, ("Sure", "true")]);
        await desk.SubmitAsync(page, "form#series", [.. rule, ("Sure", "true")]);

        Assert.Equal(6L, await CountAsync(patient, "true"));
    }

    private async Task<Guid> BookedAsync(TestClient desk, Guid provider, Guid patient)
    {
        var page = await desk.PageAsync($"/scheduling/series/book?patient={patient}&location={TestHost.NorthMain}");
        var booked = await desk.SubmitAsync(page, "form#series", [.. Form(provider, "06/15/2026"), ("Sure", "true")]);
        Assert.True(booked.StatusCode == HttpStatusCode.Redirect, await Clinic.ErrorsAsync(booked));
        return await clinic.AskAsync<Guid>($"select id from scheduling.series where patient_id = '{patient}'");
    }

    private static async Task<IHtmlDocument> ShownAsync(TestClient desk, IHtmlDocument page, (string, string)[] rule)
    {
        var response = await desk.SubmitAsync(page, "form#series", [.. rule, ("Sure", "false")]);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await Clinic.ErrorsAsync(response));
        return await TestClient.ParseAsync(await response.Content.ReadAsStringAsync());
    }

    private (string, string)[] Form(Guid provider, string first) =>
        [("Type", $"{clinic.FollowUp}"), ("Provider", $"{provider}"), ("Date", first), ("Time", "10:00 am"), ("Every", "1"), ("Unit", "week"), ("Times", "6")];

    private Task<long> CountAsync(Guid patient, string where) => clinic.AskAsync<long>($"select count(*) from scheduling.visits where patient_id = '{patient}' and {where}");

    private async Task<(TestClient Desk, Guid Provider, Guid Patient)> DeskAsync(string provider) =>
        (await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk), await clinic.AddProviderAsync(provider), (await clinic.AddPatientsAsync(1))[0]);
}
