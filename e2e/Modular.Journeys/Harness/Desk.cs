using System.Diagnostics;
using Microsoft.Playwright;
using Modular.Host.Demo;
using Modular.Host.Practices;
using Modular.Tests.Harness;

namespace Modular.Journeys.Harness;

/// <summary>One person at one computer: a browser of their own, and a count of keys and clicks.</summary>
public sealed class Desk : IAsyncDisposable
{
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(Repository.Root, "node_modules", "axe-core", "axe.min.js")));

    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    private Desk(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Keys and clicks so far, typed text apart (design of the ten workflows).</summary>
    public int Actions { get; private set; }

    public static async Task<Desk> OpenAsync(Browser browser, TestHost host, Practice practice, bool script = true, ColorScheme scheme = ColorScheme.Light, int width = 1440)
    {
        var context = await browser.Chromium.NewContextAsync(new()
        {
            BaseURL = $"http://{practice.Row.Slug}.localhost:{host.Address.Port}",
            JavaScriptEnabled = script,
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 900 },
        });
        var desk = new Desk(context, await context.NewPageAsync());
        desk.Page.SetDefaultTimeout(15_000);
        Assertions.SetDefaultExpectTimeout(15_000);
        desk.Page.Console += (_, message) =>
        {
            // Some browsers ask for the icon of a tab by themselves, wherever they are.
            if (message.Type == "error" && !message.Location.Contains("/favicon.", StringComparison.Ordinal))
            {
                desk.complaints.Add(message.Text);
            }
        };
        desk.Page.PageError += (_, error) => desk.complaints.Add(error);
        return desk;
    }

    public async Task PressAsync(string key)
    {
        Actions++;
        await Page.Keyboard.PressAsync(key);
    }

    /// <summary>Presses Tab until what is looked for has the focus: fails when no key leads there.</summary>
    public async Task TabToAsync(string selector)
    {
        var wanted = Page.Locator(selector).First;
        await wanted.WaitForAsync();
        for (var tries = 0; tries < 200; tries++)
        {
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await PressAsync("Tab");
        }

        Assert.Fail($"The Tab key does not lead to {selector} on {Page.Url}.");
    }

    /// <summary>Types into whatever has the focus, as fast as hands do; typed data is not counted.</summary>
    public Task TypeAsync(string text) => Page.Keyboard.TypeAsync(text, new() { Delay = 40 });

    /// <summary>
    /// As a hand scanner does: a key every 5 ms by the device's own clock, with Enter at the end. However busy the machine of the test is, the
    /// page is told these times.
    /// </summary>
    public async Task ScanAsync(string code)
    {
        var session = await context.NewCDPSessionAsync(Page);
        var began = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var (at, key) in code.Append('\r').Index())
        {
            var pressed = new Dictionary<string, object> { ["type"] = "keyDown", ["key"] = key == '\r' ? "Enter" : $"{key}", ["text"] = $"{key}", ["timestamp"] = (began + (at * 5)) / 1000.0 };
            if (key == '\r')
            {
                (pressed["code"], pressed["windowsVirtualKeyCode"]) = ("Enter", 13);
            }

            await session.SendAsync("Input.dispatchKeyEvent", pressed);
            pressed["type"] = "keyUp";
            pressed.Remove("text");
            await session.SendAsync("Input.dispatchKeyEvent", pressed);
        }

        await session.DetachAsync();
    }

    public async Task ClickAsync(string selector)
    {
        Actions++;
        await Page.Locator(selector).First.ClickAsync();
    }

    /// <summary>Starts counting anew: a workflow's limit is its own.</summary>
    public void StartCounting() => Actions = 0;

    /// <summary>Through the real page; the session stays at this desk.</summary>
    public async Task SignInAsync(string name, string password = DemoSeeder.Password)
    {
        await Page.GotoAsync("/account/sign-in");
        await Page.Locator("#Name").FillAsync(name);
        await Page.Locator("#Password").FillAsync(password);
        await Page.Locator("#sign-in button").ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/account/sign-in"));
    }

    /// <summary>Fills the field that posts as this name.</summary>
    public Task FillAsync(string name, string value) => Page.Locator($"[name='{name}']").First.FillAsync(value);

    /// <summary>Presses the button or follows the link of these words.</summary>
    public Task ChooseAsync(string words) => Page.Locator("a, button").Filter(new() { HasText = words, Visible = true }).First.ClickAsync();

    /// <summary>
    /// Opens the page again and again until it shows this: what one module tells another arrives after a moment. The bound is a time and
    /// not a number of tries, of which a quiet machine makes many in the moment that a busy one needs for one.
    /// </summary>
    public async Task OpenUntilAsync(string path, string selector)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60);)
        {
            await Page.GotoAsync(path);
            if (await Page.Locator(selector).CountAsync() > 0)
            {
                return;
            }
        }

        Assert.Fail($"{path} did not come to show {selector} within a minute.");
    }

    public Task SeesAsync(string text) => Assertions.Expect(Page.GetByText(text).First).ToBeVisibleAsync();

    /// <summary>axe finds nothing on the page as it stands, light and dark.</summary>
    public async Task AssertAccessibleAsync()
    {
        var found = await ViolationsAsync();
        Assert.True(found.Count == 0, $"{Page.Url}: {string.Join("\n", found)}");
    }

    /// <summary>What axe finds, light and dark.</summary>
    public async Task<IReadOnlyList<string>> ViolationsAsync()
    {
        // Through the debugger, not a script element: the page's Content-Security-Policy forbids foreign script, as it should.
        await Page.EvaluateAsync(Axe.Value);
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        // The theme changes colors only; whatever else axe looks at is the same in both.
        var dark = await AxeAsync("runOnly: ['color-contrast'],");
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return [.. dark.Select(v => $"dark, {v}"), .. await AxeAsync("")];
    }

    private async Task<string[]> AxeAsync(string options) => await Page.EvaluateAsync<string[]>($$"""
        axe.run({ {{options}} resultTypes: ['violations'] }).then(r => r.violations.map(v => `${v.id}: ` + v.nodes.slice(0, 3).map(n => `${n.html} (${n.any.map(a => a.message).join('; ')})`).join(' | ')))
        """);

    /// <summary>The browser complained of this once, as it should.</summary>
    public void Expected(string complaint)
    {
        var found = Assert.Single(complaints);
        Assert.Contains(complaint, found, StringComparison.Ordinal);
        complaints.Clear();
    }

    /// <summary>The browser complained about nothing: no script error, nothing the Content-Security-Policy had to block.</summary>
    public void AssertQuiet() => Assert.Empty(complaints);

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
