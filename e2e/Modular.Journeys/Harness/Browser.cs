using Microsoft.Playwright;
using Modular.Journeys.Harness;

[assembly: AssemblyFixture(typeof(Browser))]
// Two processors: browsers in parallel only take them from each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Modular.Journeys.Harness;

/// <summary>Debian's Chromium, started once.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;

    public IBrowser Chromium { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        Chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Chromium.CloseAsync();
        playwright?.Dispose();
    }
}
