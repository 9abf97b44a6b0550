using System.Text.Json;
using Modular.Host.Disk;
using Modular.Host.Installed;
using Modular.Host.Start;

namespace Modular.Host.Installing;

/// <param name="Publisher">Who answers for it, half a sentence.</param>
/// <param name="Reason">Why it does not run; null when nothing is known against it.</param>
/// <param name="Restart">What the next start changes; null when nothing.</param>
/// <param name="Notes">What is not right with it although it may run, a sentence each.</param>
public sealed record ModuleStanding(LoadedModule Module, string Publisher, string? Reason, string? Restart, IReadOnlyList<string> Notes);

/// <summary>How modules stand on this host, in the same words for the list, the page and the doctor.</summary>
public sealed class ModuleStandings(StartOptions options)
{
    private static readonly DateTime Started = System.Diagnostics.Process.GetCurrentProcess().StartTime.ToUniversalTime();

    private readonly ModuleFolders folders = new(options.ModulesDirectory);

    /// <summary>What the last start of a serving host made of a version, for those who look without loading anything.</summary>
    private sealed record Seen(string Id, string Version, string? Reason);

    private string File => Path.Combine(options.DataDirectory, "modules-seen.json");

    /// <param name="disk">Its folder as it is now; null when it is gone.</param>
    public ModuleStanding Of(LoadedModule module, LoadedModule? disk) => new(
        module, Publisher(module.Id), module.Reason ?? (module.Status == ModuleStatus.Found ? SeenReason(module) : null), Restart(module, disk),
        folders.Returned(module.Id) is { } returned ? [returned, .. module.Notes] : module.Notes);

    /// <summary>By a host that serves, at its start.</summary>
    public void Note(IEnumerable<LoadedModule> modules)
    {
        try
        {
            PrivateFiles.CreateFolder(options.DataDirectory);
            using var file = PrivateFiles.Create(File, FileMode.Create);
            JsonSerializer.Serialize(file, modules.Select(m => new Seen(m.Id, m.Manifest.Version, m.Reason)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A read-only folder: the list says what it can judge without having loaded anything.
        }
    }

    private string? SeenReason(LoadedModule module)
    {
        try
        {
            return JsonSerializer.Deserialize<Seen[]>(System.IO.File.ReadAllText(File))!
                .FirstOrDefault(s => s.Id == module.Id && s.Version == module.Manifest.Version)?.Reason;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private string Publisher(string id) => ProductModules.Has(id, folders) ? "comes with Modular"
        : folders.Publisher(id) is { } name and not TakeOver.Nobody ? $"signed by {name}" : "signed by nobody";

    private string? Restart(LoadedModule loaded, LoadedModule? disk)
    {
        if (folders.WillGo(loaded.Id))
        {
            return "It is taken off this host with the next restart; its data stays.";
        }

        if (folders.Waiting(loaded.Id) is { } next)
        {
            return $"Version {next} is installed and starts with the next restart.";
        }

        if (!loaded.Runs && loaded.Status != ModuleStatus.Found && folders.IsNew(loaded.Id))
        {
            return "The version before runs again after the next restart.";
        }

        if (disk is null)
        {
            return "Removed from disk; it runs until the next restart.";
        }

        if (disk.Manifest.Version != loaded.Manifest.Version)
        {
            return $"Version {disk.Manifest.Version} is on disk and starts with the next restart.";
        }

        var assembly = new FileInfo(Path.Combine(disk.Folder, disk.Manifest.Assembly ?? ""));
        return loaded.Status != ModuleStatus.Found && assembly.Exists && assembly.LastWriteTimeUtc > Started
            ? "Its files on disk changed; they start with the next restart." : null;
    }
}
