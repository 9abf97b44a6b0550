using Microsoft.Playwright;

namespace Modular.Testing;

/// <summary>A real browser at a test practice, for journeys: Chromium, without a window.</summary>
/// <example><code>
/// await using var desk = await TestBrowser.SignInAsync(practice, "front-desk");
/// await desk.OpenAsync("/referrals");
/// await desk.ChooseAsync("Add");
/// </code></example>
public sealed class TestBrowser : IAsyncDisposable
{
    private static readonly string[] Usual = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // How a test is skipped for a reason that is found out while it runs, by whichever library throws it (xunit v3).
    private const string Skipped = "$XunitDynamicSkip$";

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly List<string> complaints = [];
    private readonly TestPractice practice;

    private TestBrowser(TestPractice practice, IPlaywright playwright, IBrowser browser, IPage page)
    {
        (this.practice, this.playwright, this.browser, Page) = (practice, playwright, browser, page);
        page.SetDefaultTimeout(15_000);
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            // Chromium calls every answer of 400 and more an error; 422 is how a form says what is missing.
            if (message.Type == "error" && !message.Text.Contains("status of 422", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
    }

    /// <summary>Playwright's page, for whatever the other members do not do.</summary>
    public IPage Page { get; }

    /// <summary>Opens a browser and signs in as somebody who holds a role preset.</summary>
    /// <param name="practice">Where.</param>
    /// <param name="role">As for <see cref="TestPractice.SignInAsync"/>.</param>
    /// <param name="width">Of the window, in pixels; 390 is a phone.</param>
    /// <exception cref="TestFailedException">No Chromium is installed: xunit counts the test as skipped, and says how to get one.</exception>
    public static async Task<TestBrowser> SignInAsync(TestPractice practice, string role, int width = 1440)
    {
        ArgumentNullException.ThrowIfNull(practice);
        var playwright = await Playwright.CreateAsync();
        // CHROMIUM names one; without any, Playwright's own is used where it was installed.
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : Array.Find(Usual, File.Exists);
        if (chromium is null && !File.Exists(playwright.Chromium.ExecutablePath))
        {
            playwright.Dispose();
            throw new TestFailedException(Skipped + "No Chromium is installed, in which this journey would run. On Debian: apt-get install chromium; or name yours: CHROMIUM=/path/to/chromium dotnet test.");
        }

        using var person = await practice.SignInAsync(role);
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu"],
        });
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = practice.Address.AbsoluteUri,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        await context.AddCookiesAsync(person.Cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = practice.Address.AbsoluteUri }));
        return new(practice, playwright, browser, await context.NewPageAsync());
    }

    /// <summary>Opens a page.</summary>
    /// <param name="path">With a leading slash.</param>
    public Task OpenAsync(string path) => Page.GotoAsync(path);

    /// <summary>Types into the field that is sent under this name.</summary>
    /// <param name="name">Name of the field.</param>
    /// <param name="text">What is typed.</param>
    public Task FillAsync(string name, string text) => Page.Locator($"[name='{name}']").First.FillAsync(text);

    /// <summary>Presses the button, follows the link or picks the choice of these words.</summary>
    /// <param name="words">Part of what it says.</param>
    public Task ChooseAsync(string words) => Page.Locator("a, button, label:has(input[type=radio], input[type=checkbox])").Filter(new() { HasText = words, Visible = true }).First.ClickAsync();

    /// <summary>Waits until the words can be seen.</summary>
    /// <param name="words">As a person reads them.</param>
    public Task SeesAsync(string words) => Assertions.Expect(Page.GetByText(words).First).ToBeVisibleAsync();

    /// <summary>The browser complained of nothing: no script failed, no address was missing, and nothing had to be blocked by the Content-Security-Policy. A form that was refused (422) is no complaint.</summary>
    /// <exception cref="TestFailedException">It did; the message is its own.</exception>
    public void ShouldBeQuiet()
    {
        if (complaints.Count > 0)
        {
            throw new TestFailedException($"The browser complained: {string.Join("; ", complaints)}{practice.Told}");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }
}
