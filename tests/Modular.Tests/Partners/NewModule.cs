namespace Modular.Tests.Partners;

/// <summary>Builds in the partner's folders, one after the other; beside the other tests, which they let go first (<see cref="Command"/>).</summary>
[CollectionDefinition]
public sealed class PartnerCommands;

/// <summary>The first of the four commands: a module made from the template, in an empty folder outside the repository.</summary>
public sealed class NewModule(PackedFeed feed) : IAsyncLifetime
{
    private static int made;

    public string Folder { get; private set; } = "";

    public Dictionary<string, string?> Environment { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var root = await feed.RootAsync();
        Environment = await feed.EnvironmentAsync();
        var own = new Dictionary<string, string?>(Environment) { ["DOTNET_CLI_HOME"] = Path.Combine(root, "cli") };
        var template = (await feed.PackagesAsync()).Single(p => Path.GetFileName(p).StartsWith("Modular.Templates.", StringComparison.Ordinal));
        // Of its own: templates are installed once into a hive.
        var number = Interlocked.Increment(ref made);
        var (folder, hive) = (await feed.FolderAsync($"four-commands-{number}"), Path.Combine(root, $"hive-{number}"));
        await Command.RunAsync(folder, own, "dotnet", "new", "install", template, "--debug:custom-hive", hive);
        await Command.RunAsync(folder, own, "dotnet", "new", "modular-module", "-n", "Referrals", "--debug:custom-hive", hive);
        Folder = Path.Combine(folder, "Referrals");
    }

    public ValueTask DisposeAsync() => default;
}
