using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Routing;
using Modular.Host.Installed;
using Modular.Host.Judging.Compatibility;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.Judging;

/// <summary>Reads and judges manifests before any module code is loaded.</summary>
public static partial class ManifestJudge
{
    public static Version SdkVersion { get; } = ReadSdkVersion();

    /// <summary>Target framework of this host, as a module's build writes it.</summary>
    private static readonly string Framework = $"net{Environment.Version.Major}.0";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };

    /// <summary>What this host is to have: the folders of its modules directory, and those named one by one.</summary>
    public static IReadOnlyList<LoadedModule> Discover(StartOptions options) => Discover(options.ModulesDirectory, options.ModuleFolders);

    /// <summary>Every folder with a manifest, judged; a folder whose manifest cannot be read appears under the folder's name.</summary>
    public static IReadOnlyList<LoadedModule> Discover(string directory, params IReadOnlyList<string> more)
    {
        var folders = Directory.Exists(directory) ? Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        var found = folders.Concat(more.Select(f => Path.TrimEndingDirectorySeparator(Path.GetFullPath(f))))
            .Where(folder => File.Exists(Path.Combine(folder, "module.json")))
            .DistinctBy(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))
            .Select(Read)
            .ToList();
        foreach (var twin in found.GroupBy(m => m.Id).SelectMany(group => group.Skip(1)))
        {
            twin.Refuse(ModuleStatus.Refused, $"Another folder already holds a module with the id {twin.Id}.");
        }

        foreach (var module in found)
        {
            CheckNeeds(module, found);
        }

        return found;
    }

    /// <summary>One folder, as it would be judged beside the others at the next start.</summary>
    public static LoadedModule Judge(string folder, IReadOnlyList<LoadedModule> others)
    {
        var module = Read(folder);
        CheckNeeds(module, others);
        return module;
    }

    private static void CheckNeeds(LoadedModule module, IReadOnlyList<LoadedModule> others)
    {
        if (module.Status == ModuleStatus.Found && (module.Manifest.DependsOn ?? []).FirstOrDefault(id => others.All(m => m.Id != id)) is { } missing)
        {
            module.Refuse(ModuleStatus.NotSupported, $"It needs the module {missing}, which is not installed.");
        }
    }

    /// <summary>Never one of the host's own schemas or addresses, and nothing that would have to be quoted.</summary>
    public static bool MayBeModule(string id) => IdPattern().IsMatch(id) && !Taken.Value.Contains(id) && !id.StartsWith("pg-", StringComparison.Ordinal);

    /// <summary>Two pages at one address would answer neither: where the host's own stand, no module may.</summary>
    private static readonly Lazy<HashSet<string>> Taken = new(() =>
    [
        LoadedModule.CoreId, "bus", "audit", "public", "information-schema", "api", "connect", "messages",
        .. from slice in SliceCheck.Slices(typeof(ManifestJudge).Assembly)
           from action in SliceCheck.Actions(slice)
           from route in action.GetCustomAttributes(true).OfType<IRouteTemplateProvider>()
           select (route.Template ?? "").Trim('/').Split('/')[0],
    ]);

    private static LoadedModule Read(string folder)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<ModuleManifest>(File.ReadAllText(Path.Combine(folder, "module.json")), Json)
                ?? throw new JsonException("It is empty.");
            var module = new LoadedModule(manifest, folder);
            if (Fault(manifest, folder) is { } fault)
            {
                module.Refuse(fault.Status, fault.Reason);
            }

            return module;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or IOException)
        {
            var module = new LoadedModule(new(SafeName(folder), Path.GetFileName(folder), "0.0.0", "0.0", ""), folder);
            module.Refuse(ModuleStatus.Refused, $"Its module.json cannot be read: {e.Message}");
            return module;
        }
    }

    private static (ModuleStatus Status, string Reason)? Fault(ModuleManifest manifest, string folder)
    {
        if (manifest.Id is null || !MayBeModule(manifest.Id))
        {
            return (ModuleStatus.Refused, "Its id must be 2 to 40 lower-case letters, digits or hyphens, a letter first, and no name of the host's own.");
        }

        if (manifest.Assembly is null || manifest.Assembly != Path.GetFileName(manifest.Assembly) || !File.Exists(Path.Combine(folder, manifest.Assembly)))
        {
            return (ModuleStatus.Refused, $"Its assembly {manifest.Assembly} is not in its folder.");
        }

        if (!Version.TryParse(manifest.Sdk, out _))
        {
            return (ModuleStatus.Refused, $"Its SDK version \"{manifest.Sdk}\" is not a version such as 1.0.");
        }

        if (manifest.Framework is { } framework && framework != Framework)
        {
            return (ModuleStatus.NotSupported, $"It was built for {framework}; this host runs on {Framework}. Ask its maker for a version for it.");
        }

        return SdkFault(manifest.Sdk, SdkVersion) is { } fault ? (ModuleStatus.NotSupported, fault)
            : (SharedCopies.Fault(folder) ?? OwnMessages.Fault(manifest, folder)) is { } brings ? (ModuleStatus.Refused, brings)
            : null;
    }

    /// <summary>Null when a host of that SDK takes a module that was built for this one.</summary>
    public static string? SdkFault(string built, Version sdk) =>
        Version.TryParse(built, out var wanted) && wanted.Major == sdk.Major && wanted <= sdk
            ? null
            : $"It was built for SDK {built}; this host has {sdk.ToString(2)}. Ask its maker for a version for SDK {sdk.Major}, or upgrade the host.";

    private static Version ReadSdkVersion()
    {
        var text = typeof(IModule).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyInformationalVersionAttribute), false)
            .Cast<System.Reflection.AssemblyInformationalVersionAttribute>().Single().InformationalVersion;
        return Version.Parse(text.Split('-', '+')[0]);
    }

    // A hostile folder name must not become a schema or an address.
    private static string SafeName(string folder) =>
        IdPattern().IsMatch(Path.GetFileName(folder)) ? Path.GetFileName(folder) : $"unreadable-{(uint)StringComparer.Ordinal.GetHashCode(folder)}";

    [GeneratedRegex("^[a-z][a-z0-9-]{1,39}$")]
    private static partial Regex IdPattern();
}
