using Modular.Tests.Harness;

[assembly: AssemblyFixture(typeof(Modular.Tests.Partners.PackedFeed))]

namespace Modular.Tests.Partners;

/// <summary>
/// The packages as a partner gets them, packed once per test run from what is built already, and a folder outside the repository whose
/// NuGet.config knows them and whatever registry this machine uses. Their version is this run's own: nothing that an earlier run left in a
/// cache is taken for them.
/// </summary>
public sealed class PackedFeed : IDisposable
{
    private readonly Lazy<Task<string>> packed;

    public PackedFeed() => packed = new(PackAsync);

    /// <summary>Of the packages, such as 0.9.0-test1764000000.</summary>
    public string Version { get; } = $"0.9.0-test{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}";

    /// <summary>An empty folder in which the packages can be restored; gone with the fixture.</summary>
    /// <param name="name">Of the folder.</param>
    public async Task<string> FolderAsync(string name) => Directory.CreateDirectory(Path.Combine(await RootAsync(), name)).FullName;

    /// <summary>Files of the packages.</summary>
    public async Task<IReadOnlyList<string>> PackagesAsync() => Directory.GetFiles(Path.Combine(await RootAsync(), "feed"), "*.nupkg");

    /// <summary>What a partner's command needs in its environment: nothing of ours, and nothing of this person's templates.</summary>
    public async Task<Dictionary<string, string?>> EnvironmentAsync() => new()
    {
        ["NUGET_PACKAGES"] = null,
        ["MODULAR_TEST_CONNECTION"] = null,
        ["MODULAR_CONNECTION"] = null,
        ["MODULAR_MODULES"] = null,
        ["MODULAR_DATA"] = Path.Combine(await RootAsync(), "data"),
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        // No server of a build outlives its command.
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
    };

    public Task<string> RootAsync() => packed.Value;

    private async Task<string> PackAsync()
    {
        var root = Directory.CreateTempSubdirectory("modular-partner-").FullName;
        // PostgreSQL runs as another user when the tests run as root, and must reach its data.
        File.SetUnixFileMode(root, (UnixFileMode)0b111_101_101);
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await Command.RunAsync(Repository.Root, [], "dotnet", "pack", Path.Combine("sdk", "Modular.Packages.slnf"), "-c", configuration, "--no-build",
            "-o", Path.Combine(root, "feed"), $"-p:ModularVersion={Version}", "--nologo", "-v", "q");
        // What this person has of other makers' packages is looked up, never written to.
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
            ? named : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(Path.Combine(root, "NuGet.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><add key="modular" value="feed" /></packageSources>
              <fallbackPackageFolders>{(Directory.Exists(cache) ? $"""<add key="cache" value="{cache}" />""" : "")}</fallbackPackageFolders>
            </configuration>
            """);
        return root;
    }

    public void Dispose()
    {
        if (packed is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            Directory.Delete(packed.Value.Result, recursive: true);
        }
    }
}
