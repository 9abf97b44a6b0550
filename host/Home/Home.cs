using Microsoft.AspNetCore.Mvc;
using Modular.Host.Installed;
using Modular.Host.Slots;
using Modular.Host.Tasks;
using Modular.Sdk;

namespace Modular.Host.Home;

/// <summary>The person's day: what waits for them and how the practice stands. Every figure leads to the list behind it.</summary>
[OpenTo(Audience.SignedIn, "Everybody who works here has a home page; each tile asks for its own permission.")]
public sealed class Home(HomeWidgets widgets, SlotRunner slots, TaskInbox inbox, InstalledModules modules, ChosenLocation place, IPractice practice) : Slice
{
    private const int TasksShown = 8;

    [HttpGet("/")]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var now = WallTime.At(Clock.GetUtcNow(), place.Location?.Zone ?? practice.Zone);
        var tiles = await widgets.LoadAsync(widgets.Mine(), slots.PageBudget, ct);
        var tasks = await inbox.ListAsync(TaskView.Mine, new ListQuery(), ct);
        var zone = place.Location?.Zone ?? practice.Zone;
        return Page(new HomePage(Greeting(now.Hour), DateOnly.FromDateTime(now.DateTime), place.Location?.Name,
            tiles, [.. tasks.Rows.Take(TasksShown).Select(t => TaskLine.Of(t, modules, zone, now))], tasks.Total));
    }

    [Background]
    [HttpGet("/home/widgets/{module}/{widget}")]
    public async Task<IActionResult> Widget(string module, string widget, CancellationToken ct)
    {
        var found = widgets.Mine().FirstOrDefault(w => w.Module.Id == module && w.Name == widget);
        return found is null ? NotFound()
            : await widgets.LoadAsync([found], SlotRunner.AloneBudget, ct) is [var tile] ? Fragment("_Tile", tile)
            : new EmptyResult();
    }

    private string Greeting(int hour) => $"Good {(hour < 12 ? "morning" : hour < 17 ? "afternoon" : "evening")}, {Actor.Name.Split(' ')[0]}";
}

public sealed record HomePage(string Greeting, DateOnly Today, string? Place, IReadOnlyList<HomeTile> Tiles, IReadOnlyList<TaskLine> Tasks, int TaskCount);
