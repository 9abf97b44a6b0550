using System.Text.Json;
using Microsoft.Playwright;
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
        desk.Page.Console += (_, message) =>
        {
            if (message.Type == "error")
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

    /// <summary>Types into whatever has the focus; typed data is not counted.</summary>
    public Task TypeAsync(string text) => Page.Keyboard.TypeAsync(text);

    public async Task ClickAsync(string selector)
    {
        Actions++;
        await Page.Locator(selector).First.ClickAsync();
    }

    public Task SeesAsync(string text) => Assertions.Expect(Page.GetByText(text).First).ToBeVisibleAsync();

    /// <summary>axe finds nothing on the page as it stands.</summary>
    public async Task AssertAccessibleAsync()
    {
        // Through the debugger, not a script element: the page's Content-Security-Policy forbids foreign script, as it should.
        await Page.EvaluateAsync(Axe.Value);
        var found = await Page.EvaluateAsync<JsonElement>("axe.run({ resultTypes: ['violations'] }).then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' | ')))");
        Assert.True(found.GetArrayLength() == 0, $"{Page.Url}: {string.Join("\n", found.EnumerateArray().Select(v => v.GetString()))}");
    }

    /// <summary>The browser complained about nothing: no script error, nothing the Content-Security-Policy had to block.</summary>
    public void AssertQuiet() => Assert.Empty(complaints);

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
