using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>The day board with the mouse: picked up, carried over the columns, put down. The browser's own events, not calls of the page's script.</summary>
public sealed class DragAVisit(Browser browser, Office office)
{
    [Fact]
    public async Task A_visit_is_dragged_to_free_time_of_another_provider()
    {
        var patient = await office.EstablishedPatientAsync();
        await using var desk = await BookedAsync(patient);
        var visit = Visit(desk, patient);
        var target = await FreeAsync(desk, visit);
        await DragAsync(desk, visit, target);

        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("moved to");
        var there = desk.Page.Locator($"#board .lane[data-id='{target.Lane}'] .visit").Filter(new() { HasText = patient.LastFirst });
        await Expect(there).ToHaveCountAsync(1);
        await Expect(there).ToHaveClassAsync(new System.Text.RegularExpressions.Regex($@"\bt-{target.Row}\b"));
        await Expect(desk.Page.Locator("#peek")).ToBeHiddenAsync();
        await desk.AssertAccessibleAsync();
        desk.AssertQuiet();
    }

    [Fact]
    public async Task A_visit_dropped_on_another_one_stays_where_it_was_and_the_drawer_says_why()
    {
        var patient = await office.EstablishedPatientAsync();
        await using var desk = await BookedAsync(patient);
        var visit = Visit(desk, patient);
        var before = await visit.GetAttributeAsync("class");
        var target = await TakenAsync(desk, visit);
        await DragAsync(desk, visit, target);

        await Expect(desk.Page.Locator("#drawer .errors")).ToBeVisibleAsync();
        desk.Expected("422");
        await desk.AssertAccessibleAsync();
        await desk.PressAsync("Escape");
        await desk.Page.ReloadAsync();
        await Expect(visit).ToHaveAttributeAsync("class", before!);
        desk.AssertQuiet();
    }

    private async Task<Desk> BookedAsync(Known patient)
    {
        var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        await desk.BookFirstAsync(patient);
        await desk.Page.GotoAsync("/scheduling/board");
        await desk.Page.Locator("#live-state[data-state=on]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return desk;
    }

    private static async Task DragAsync(Desk desk, ILocator visit, Spot target)
    {
        var from = await visit.BoundingBoxAsync() ?? throw new InvalidOperationException("The visit is not on the screen.");
        var mouse = desk.Page.Mouse;
        // Held by its top edge, so that where the pointer is let go is where the visit begins.
        await mouse.MoveAsync(from.X + from.Width / 2, from.Y + 2);
        await mouse.DownAsync();
        await mouse.MoveAsync(from.X + from.Width / 2, from.Y + 12, new() { Steps = 3 });
        await mouse.MoveAsync(target.X, target.Y, new() { Steps = 6 });
        await Expect(desk.Page.Locator("#peek")).ToContainTextAsync("m"); // the time it would begin at
        await mouse.UpAsync();
    }

    /// <summary>Free time of another provider that is long enough, on the screen together with the visit.</summary>
    private static Task<Spot> FreeAsync(Desk desk, ILocator visit) => SpotAsync(desk, visit, ".free");

    /// <summary>The middle of somebody else's visit.</summary>
    private static Task<Spot> TakenAsync(Desk desk, ILocator visit) => SpotAsync(desk, visit, ".visit:not(.canceled)");

    private static async Task<Spot> SpotAsync(Desk desk, ILocator visit, string among)
    {
        await visit.EvaluateAsync("v => v.scrollIntoView({ block: 'center' })");
        var found = await visit.EvaluateAsync<Spot?>($$"""
            v => {
              const board = document.getElementById('board').getBoundingClientRect();
              const at = (e, letter) => +[...e.classList].find(c => new RegExp(`^${letter}-\\d+$`).test(c)).slice(2);
              for (const other of document.querySelectorAll('#board .lane')) {
                if (other === v.closest('.lane')) continue;
                for (const spot of other.querySelectorAll('{{among}}')) {
                  const box = spot.getBoundingClientRect(), lane = other.getBoundingClientRect(), row = parseFloat(getComputedStyle(other).gridAutoRows);
                  if (at(spot, 'd') < at(v, 'd') || box.top < board.top + 60 || box.top + 40 > board.bottom || box.left < board.left || box.right > board.right) continue;
                  return { Lane: other.dataset.id, Row: at(spot, 't'), X: box.left + box.width / 2, Y: lane.top + at(spot, 't') * row + 3 };
                }
              }
              return null;
            }
            """);
        return found ?? throw new InvalidOperationException("The board has no such place on the screen.");
    }

    private static ILocator Visit(Desk desk, Known patient) => desk.Page.Locator("#board .visit").Filter(new() { HasText = patient.LastFirst });

    private sealed record Spot
    {
        public string Lane { get; init; } = "";
        public int Row { get; init; }
        public float X { get; init; }
        public float Y { get; init; }
    }
}
