using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;

namespace Modular.Journeys;

/// <summary>Everything the rail leads to, as the owner, on the large practice.</summary>
public sealed class EveryPage(Browser browser, Office office)
{
    private const int RequestsCold = 6;

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Each_page_of_the_rail_is_accessible_quiet_light_and_fits_the_width(int width)
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo, width: width);
        await desk.SignInAsync(Roles.Owner);
        var paths = await desk.Page.Locator("#rail a[href]").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))");
        Assert.True(paths.Length > 10, $"The owner's rail leads to {paths.Length} pages only.");
        var faults = new List<string>();
        var debugger = await desk.Page.Context.NewCDPSessionAsync(desk.Page);
        foreach (var path in paths)
        {
            await debugger.SendAsync("Network.clearBrowserCache");
            faults.AddRange(await VisitAsync(desk, path));
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        desk.AssertQuiet();
    }

    private static async Task<List<string>> VisitAsync(Desk desk, string path)
    {
        var faults = new List<string>();
        var requests = new List<string>();
        void Note(object? sender, IRequest request) => requests.Add(request.Url);
        desk.Page.Request += Note;
        var answer = await desk.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        desk.Page.Request -= Note;
        if (answer!.Status != 200)
        {
            faults.Add($"{path} gave {answer.Status}");
        }

        // The paper that waits to be filed is what the page is about, not what the page weighs; and what shows it may be the browser's own. Some
        // browsers ask for the icon of a tab, once.
        var counted = requests.Where(r => r.StartsWith("http", StringComparison.Ordinal) && !r.EndsWith("/favicon.svg", StringComparison.Ordinal) && !(r.Contains("/patients/scans/", StringComparison.Ordinal) && r.Contains("/pages/", StringComparison.Ordinal)));
        if (counted.Count() > RequestsCold)
        {
            faults.Add($"{path} made {requests.Count} requests: {string.Join(", ", requests)}");
        }

        var over = await desk.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (over > 0)
        {
            faults.Add($"{path} is {over} px wider than the screen");
        }

        faults.AddRange((await desk.ViolationsAsync()).Select(v => $"{path}: {v}"));
        return faults;
    }
}
