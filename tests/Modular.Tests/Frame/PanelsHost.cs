using Modular.Tests.Harness;

namespace Modular.Tests.Frame;

/// <summary>A host of its own with the panels plugin alone, on a clock that tests move.</summary>
public sealed class PanelsHost : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("modular-panels-").FullName;

    public TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Plugins.Copy("panels", folder);
        Host = await TestHost.StartAsync(options: o => o with { ModulesDirectory = folder, SlotBudget = TimeSpan.FromSeconds(1.5) });
    }

    /// <summary>A second process of the same practices.</summary>
    public Task<TestHost> AnotherAsync() => TestHost.StartAsync(catalogue: Catalogue, options: o => o with { ModulesDirectory = folder, SlotBudget = TimeSpan.FromSeconds(1.5) });

    private string Catalogue => Host.North.Row.DatabaseName[..^"_north".Length];

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
