using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Modular.Host.Installed;

namespace Modular.Host.Judging.Compatibility;

public enum Fits
{
    Compatible,

    /// <summary>Cannot be told from here.</summary>
    Unknown,

    Broken,
}

/// <param name="Why">The sentence of the report.</param>
public sealed record Verdict(LoadedModule Module, Fits Fits, string Why);

/// <summary>A host that is on disk and not yet in use: which of the installed modules would run on it.</summary>
public sealed class NewHost
{
    private readonly string folder;
    private readonly string framework;

    private NewHost(string folder) => (this.folder, Sdk, framework) = (folder, ReadSdk(folder), ReadFramework(folder));

    public Version Sdk { get; }

    /// <summary>Null when the folder does not hold a host.</summary>
    public static NewHost? In(string folder) => File.Exists(Path.Combine(folder, "Modular.Sdk.dll")) && File.Exists(RuntimeConfig(folder)) ? new(Path.GetFullPath(folder)) : null;

    public IReadOnlyList<Verdict> Judge(string modulesDirectory)
    {
        var own = ManifestJudge.Discover(Path.Combine(folder, "modules")).ToDictionary(m => m.Id);
        var installed = ManifestJudge.Discover(modulesDirectory);
        var all = own.Values.Concat(installed.Where(m => !own.ContainsKey(m.Id))).ToList();
        var messages = SharedMessages.Of(all);
        using var here = SharedAssemblies.OfThisHost(new Dictionary<string, string>());
        using var shared = new SharedAssemblies(name => messages.GetValueOrDefault(name) ?? (File.Exists(Its(name)) ? Its(name) : here.PathOf(name)));
        return [.. installed.Select(m => own.TryGetValue(m.Id, out var brought)
            ? new(m, Fits.Compatible, $"Version {brought.Manifest.Version} comes with the new host.")
            : Judge(m, all, shared))];
    }

    private Verdict Judge(LoadedModule module, IReadOnlyList<LoadedModule> all, SharedAssemblies shared)
    {
        if (module.Status == ModuleStatus.Refused)
        {
            return new(module, Fits.Unknown, $"It is refused by this host already: {module.Reason}");
        }

        if (ManifestJudge.SdkFault(module.Manifest.Sdk, Sdk) is { } fault)
        {
            return new(module, Fits.Broken, fault.Replace("this host", "the new host", StringComparison.Ordinal));
        }

        if (module.Manifest.Framework is { } built && built != framework)
        {
            return new(module, Fits.Broken, $"It was built for {built}; the new host runs on {framework}. Ask its maker for a version for it.");
        }

        if ((module.Manifest.DependsOn ?? []).FirstOrDefault(id => all.All(m => m.Id != id)) is { } missing)
        {
            return new(module, Fits.Broken, $"It needs the module {missing}, which is not installed.");
        }

        try
        {
            using var assemblies = ModuleAssemblies.Read(module);
            return MemberCheck.Fault(assemblies, shared, Sdk) is { } lacks ? new(module, Fits.Broken, lacks.Replace("this host", "the new host", StringComparison.Ordinal))
                : framework == $"net{Environment.Version.Major}.{Environment.Version.Minor}" ? new(module, Fits.Compatible, "All that it uses is there.")
                : new(module, Fits.Unknown, $"The new host runs on {framework}, which is not here to compare with; ask its maker.");
        }
        catch (BadImageFormatException)
        {
            return new(module, Fits.Unknown, "One of its assemblies is damaged.");
        }
    }

    private string Its(string name) => Path.Combine(folder, $"{name}.dll");

    private static string RuntimeConfig(string folder) => Path.Combine(folder, "Modular.Host.runtimeconfig.json");

    private static Version ReadSdk(string folder) =>
        Version.Parse(FileVersionInfo.GetVersionInfo(Path.Combine(folder, "Modular.Sdk.dll")).ProductVersion!.Split('-', '+')[0]);

    private static string ReadFramework(string folder) =>
        JsonNode.Parse(File.ReadAllText(RuntimeConfig(folder)))?["runtimeOptions"]?["tfm"]?.GetValue<string>() ?? throw new JsonException("The runtime configuration names no framework.");
}
