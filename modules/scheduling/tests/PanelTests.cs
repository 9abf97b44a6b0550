using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Panels;
using Modular.Scheduling.Setup;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>The figures of the home page, the lists behind them, and the panel in the chart.</summary>
public sealed class PanelTests
{
    private static readonly Guid Place = Guid.CreateVersion7();
    private static readonly Guid Cole = Guid.CreateVersion7();
    private static readonly DateOnly Monday = new(2026, 6, 15);

    [Fact]
    public async Task Every_figure_of_today_leads_to_a_list_of_exactly_that_many_visits_of_the_chosen_location()
    {
        await using var clinic = new Clinic();
        await clinic.InitializeAsync();
        var provider = await clinic.AddProviderAsync("Dr. Figures");
        var lake = await clinic.AddProviderAsync("Dr. Lake Figures", TestHost.NorthLake);
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var patients = await clinic.AddPatientsAsync(7);
        var visits = new List<Guid>();
        foreach (var (patient, time) in patients.Take(6).Zip(["11:00", "11:20", "11:40", "12:00", "12:20", "12:40"]))
        {
            visits.Add(await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(10, time))));
        }

        await clinic.BookAsync(desk, Clinic.Form(patients[6], clinic.FollowUp, lake, Clinic.At(10, "11:00"), TestHost.NorthLake));
        await clinic.StepAsync(desk, visits[0], "arrive");
        await clinic.StepAsync(desk, visits[1], "arrive");
        await clinic.StepAsync(desk, visits[1], "check-out");
        await clinic.StepAsync(desk, visits[2], "cancel", null, ("Reason", "Patient asked"));
        await clinic.SqlAsync($"update scheduling.visits set starts_at = starts_at - interval '3 hours', ends_at = ends_at - interval '3 hours', held_from = held_from - interval '4 hours' where id = '{visits[3]}'");

        await clinic.Host.Services.GetRequiredService<Modular.Host.Practices.PracticeRegistry>().ChangedAsync(clinic.North, default);
        var main = await AtAsync(desk, TestHost.NorthMain);
        Assert.Equal([(5, "visits today"), (3, "expected"), (1, "here now"), (1, "done"), (0, "no-shows"), (1, "late today")], await FiguresAsync(desk, main));
        var atLake = await AtAsync(desk, TestHost.NorthLake);
        Assert.Equal([(1, "visits today"), (1, "expected"), (0, "here now"), (0, "done"), (0, "no-shows"), (0, "late today")], await FiguresAsync(desk, atLake));
    }

    /// <summary>Each figure of the two scheduling tiles, after the list behind it was opened and counted.</summary>
    private static async Task<List<(int, string)>> FiguresAsync(TestClient desk, IHtmlDocument home)
    {
        var links = home.QuerySelectorAll("a[href*='show=']").Where(a => a.GetAttribute("href")!.StartsWith("/scheduling/days", StringComparison.Ordinal)).ToList();
        var figures = new List<(int, string)>();
        foreach (var link in links)
        {
            var words = link.TextContent.Trim().Split(' ', 2);
            var list = await desk.PageAsync(link.GetAttribute("href")!);
            Assert.True(int.Parse(words[0]) == list.QuerySelectorAll("#day .slot").Length, $"{link.TextContent} leads to {list.QuerySelectorAll("#day .slot").Length} visits.");
            figures.Add((int.Parse(words[0]), words[1]));
        }

        return figures;
    }

    private static async Task<IHtmlDocument> AtAsync(TestClient desk, Guid location)
    {
        var home = await desk.PageAsync("/");
        await desk.SubmitAsync(home, "form[action='/place']", ("location", $"{location}"));
        return await desk.PageAsync("/");
    }

    [Fact]
    public async Task A_manager_sees_how_much_of_the_hours_is_booked_as_a_picture_with_its_table()
    {
        await using var clinic = new Clinic();
        await clinic.InitializeAsync();
        var provider = await clinic.AddProviderAsync("Dr. Full", zone: "09:00-10:00");
        var patient = (await clinic.AddPatientsAsync(1))[0];
        using var manager = await clinic.Host.SignInAsync(clinic.North, Roles.Manager);
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00")));

        var home = await AtAsync(manager, TestHost.NorthMain);
        var card = home.QuerySelectorAll("section.card").Single(c => c.TextContent.Contains("Booked share of provider hours", StringComparison.Ordinal));

        Assert.StartsWith("Booked share of provider hours: Mon 0%", card.QuerySelector("svg.chart title")!.TextContent);
        Assert.Equal("33%", card.QuerySelectorAll("table tbody tr").Single(r => r.QuerySelector("th")!.TextContent == "Thu").QuerySelector("td")!.TextContent);
        Assert.Contains(card.QuerySelectorAll("table a"), a => a.GetAttribute("href") == $"/scheduling/days/2026-06-11?location={TestHost.NorthMain}");
        Assert.DoesNotContain("Booked share", (await AtAsync(desk, TestHost.NorthMain)).Body!.TextContent);
    }

    [Fact]
    public void Hours_taken_twice_count_once_and_a_visit_beyond_the_hours_adds_nothing()
    {
        BusyTime Busy(string from, string to) => new(Cole, null, new(At(from), At(to)), new(At(from), At(to)));
        var facts = new ScheduleFacts(Place, "Main", "America/New_York", [new(Cole, "Dr. Cole")], [],
            [new() { ProviderId = Cole, LocationId = Place, Weekday = 1, Opens = new(9, 0), Closes = new(11, 0), ValidFrom = new(2026, 1, 1) }], [],
            [Busy("09:00", "09:30"), Busy("09:15", "09:45"), Busy("10:45", "11:30"), Busy("15:00", "16:00")]);

        Assert.Equal(50, Utilization.Share(new(facts), Monday));
        Assert.Null(Utilization.Share(new(facts), Monday.AddDays(1)));
    }

    private static DateTimeOffset At(string time) => WallTime.Instant(Monday, TimeOnly.Parse(time), "America/New_York");

    [Fact]
    public async Task The_chart_shows_the_visits_to_come_and_those_that_were()
    {
        await using var clinic = new Clinic();
        await clinic.InitializeAsync();
        var provider = await clinic.AddProviderAsync("Dr. Panel");
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var page = await desk.PageAsync("/patients/registrations/quick");
        var registered = await desk.SubmitAsync(page, "main form", ("Form.LastName", "Zqpanel"), ("Form.FirstName", "Ola"), ("Form.BirthDate", "1/5/1948"), ("Form.Sex", "F"));
        var chart = registered.Headers.Location!.ToString();
        var patient = Guid.Parse(chart.Split('/')[^1].Split('?')[0]);
        await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(16, "09:00")));

        var panel = (await desk.PageAsync(chart)).QuerySelectorAll("section.card").Single(c => c.QuerySelector("h2")?.TextContent == "Visits");

        Assert.Contains("Dr. Panel", panel.TextContent);
        Assert.NotNull(panel.QuerySelector($"a[href='/scheduling/appointments/book?patient={patient}']"));
        var list = await desk.PageAsync("/patients?q=zqpanel");
        Assert.Contains("9:00 am", list.QuerySelector("#patients")!.TextContent);
    }
}
