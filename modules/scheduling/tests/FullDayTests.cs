using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>A whole day over the flow board: 60 visits, 3 providers, 4 late, 3 no-shows, 2 walk-ins, one wrong patient checked in and undone.</summary>
public sealed class FullDayTests
{
    [Fact]
    public async Task The_counts_agree_when_the_day_closes()
    {
        await using var clinic = new Clinic(); // the day's counts are of a whole location
        await clinic.InitializeAsync();
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var place = TestHost.NorthLake;
        Guid[] providers = [await clinic.AddProviderAsync("Dr. Day One", place, "00:00-23:50"), await clinic.AddProviderAsync("Dr. Day Two", place, "00:00-23:50"), await clinic.AddProviderAsync("Dr. Day Three", place, "00:00-23:50")];
        var patients = await clinic.AddPatientsAsync(62, "Daylong");
        List<Guid> visits = [];
        for (var i = 0; i < 60; i++)
        {
            visits.Add(await clinic.BookAsync(desk, Clinic.Form(patients[i], clinic.FollowUp, providers[i % 3], Clinic.At(10, $"{5 + i / 9:00}:{i / 3 % 3 * 20:00}"), place)));
        }

        for (var i = 0; i < 2; i++)
        {
            var page = await desk.PageAsync($"/scheduling/walk-ins/add?location={place}");
            await desk.SubmitAsync(page, "form#walk-in", ("Location", $"{place}"), ("Patient", $"{patients[60 + i]}"), ("Type", $"{clinic.FollowUp}"), ("Provider", $"{providers[i]}"));
        }

        // The wrong patient is checked in and taken back; then the day goes on. Whoever is late comes all the same.
        await clinic.StepAsync(desk, visits[59], "arrive");
        await clinic.StepAsync(desk, visits[59], "undo");
        Assert.Equal("booked", await clinic.StatusAsync(visits[59]));
        Assert.True((await FlowAsync(desk)).Late >= 4);
        foreach (var missed in visits.Take(3))
        {
            await clinic.StepAsync(desk, missed, "no-show");
        }

        foreach (var visit in visits.Skip(3))
        {
            foreach (var step in new[] { "arrive", "see", "finish", "check-out" })
            {
                await clinic.StepAsync(desk, visit, step);
            }
        }

        var open = await FlowAsync(desk);
        Assert.Equal((0, 2, 57, 3), (open.Expected, open.Here, open.Left, open.NoShows));
        Assert.Equal(62L, await clinic.AskAsync<long>($"select count(*) from scheduling.visits where location_id = '{place}' and status <> 'canceled' and patient_name like 'Daylong%'"));
        Assert.Equal(57L, await clinic.AskAsync<long>($"select count(*) from scheduling.visits where location_id = '{place}' and status = 'checked-out' and patient_name like 'Daylong%'"));
    }

    private static async Task<(int Expected, int Here, int Left, int NoShows, int Late)> FlowAsync(TestClient desk)
    {
        var page = await desk.PageAsync($"/scheduling/flow?location={TestHost.NorthLake}");
        var tags = page.QuerySelectorAll("#flow-counts .tag").Select(t => t.TextContent.Trim()).ToList();
        int Of(string word) => tags.FirstOrDefault(t => t.Contains(word, StringComparison.Ordinal)) is { } tag ? int.Parse(tag.Split(' ')[0], null) : 0;
        return (Of("expected"), Of("here"), Of("left"), Of("no-show"), Of("late"));
    }
}
