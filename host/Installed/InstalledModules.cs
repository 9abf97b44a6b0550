using Modular.Host.Bus;
using Modular.Host.Installing;
using Modular.Host.Judging;
using Modular.Host.Judging.Compatibility;
using Modular.Host.Loading;
using Modular.Host.Migrations;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.Installed;

/// <summary>All modules on disk, loaded once per process.</summary>
public sealed class InstalledModules
{
    public required IReadOnlyList<LoadedModule> All { get; init; }

    /// <summary>The host itself, seen as a module that is always on: its permissions, messages and jobs.</summary>
    public required LoadedModule Core { get; init; }

    public IReadOnlyList<LoadedModule> Running => field ??= [.. All.Where(m => m.Runs)];

    public IEnumerable<LoadedModule> WithCore => Running.Prepend(Core);

    public LoadedModule? Find(string id) => id == LoadedModule.CoreId ? Core : All.FirstOrDefault(m => m.Id == id);

    public IReadOnlyList<MigrationSet> Migrations => field ??= [Core.Migrations, .. All.Where(m => m.Migrations.Migrations.Count > 0 && m.Status is ModuleStatus.Running or ModuleStatus.HeldBack).Select(m => m.Migrations)];

    /// <summary>Which installed module a type belongs to.</summary>
    public LoadedModule? Owner(Type type) => type.Assembly == typeof(InstalledModules).Assembly ? Core : Running.FirstOrDefault(m => m.Assembly == type.Assembly);

    /// <summary>Judges, loads and starts everything in the folder, and merges what passed into the host's services.</summary>
    public static InstalledModules Load(StartOptions options, IServiceCollection services)
    {
        var folders = new ModuleFolders(options.ModulesDirectory);
        if (options.CarriesOutInstalls)
        {
            folders.CarryOut();
        }

        var found = ManifestJudge.Discover(options).ToList();
        var judged = found.Where(m => m.Status == ModuleStatus.Found).ToList();
        var core = CoreModule.Create();
        if (options.SafeMode)
        {
            judged.ForEach(m => m.Refuse(ModuleStatus.HeldBack, "The host runs in safe mode: no module is started."));
            services.AddSingleton(HandlerMap.Discover(core, []));
            return new() { All = found, Core = core };
        }

        var messages = SharedMessages.Of(judged);
        CheckMembers(judged, messages);
        SharedMessages.Load(messages);
        StartAll(found, options, folders, messages, services);
        DeclarationCheck.TurnOffUnmet(core, found);
        services.AddSingleton(HandlerMap.Discover(core, found));
        foreach (var service in found.Where(m => m.Runs).SelectMany(m => m.Builder!.Services))
        {
            services.Add(service);
        }

        if (options.CarriesOutInstalls)
        {
            new ModuleStandings(options).Note(found);
        }

        return new() { All = found, Core = core };
    }

    /// <summary>What refers to more than this host has is not loaded at all; what is loaded has from the host what it refers to.</summary>
    public static void CheckMembers(IReadOnlyCollection<LoadedModule> judged, IReadOnlyDictionary<string, string> messages)
    {
        using var shared = SharedAssemblies.OfThisHost(messages);
        foreach (var module in judged)
        {
            try
            {
                using var assemblies = ModuleAssemblies.Read(module);
                module.Assemblies = assemblies.Summary();
                if (MemberCheck.Fault(assemblies, shared, ManifestJudge.SdkVersion) is { } fault)
                {
                    module.Refuse(ModuleStatus.NotSupported, fault);
                }
            }
            catch (BadImageFormatException)
            {
                module.Refuse(ModuleStatus.Refused, "One of its assemblies is damaged.");
            }
        }
    }

    private static void StartAll(
        List<LoadedModule> found, StartOptions options, ModuleFolders folders, IReadOnlyDictionary<string, string> messages, IServiceCollection services)
    {
        var markers = new StartMarkers(options.DataDirectory);
        for (var i = 0; i < found.Count; i++)
        {
            Start(found[i], markers, services);
            if (!found[i].Runs && options.CarriesOutInstalls && folders.IsNew(found[i].Id))
            {
                folders.Return(found[i].Id, $"it did not start ({found[i].Reason?.TrimEnd('.')})");
                found[i] = ManifestJudge.Judge(found[i].Folder, found);
                CheckMembers([found[i]], messages);
                Start(found[i], markers, services);
            }
        }
    }

    private static void Start(LoadedModule module, StartMarkers markers, IServiceCollection services)
    {
        if (module.Status != ModuleStatus.Found)
        {
            return;
        }

        if (markers.HoldsBack(module.Id))
        {
            module.Refuse(ModuleStatus.HeldBack, StartMarkers.Reason(module));
            return;
        }

        markers.Guard(module.Id, () => ModuleStarter.Start(module, services));
    }
}
