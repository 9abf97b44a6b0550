using Modular.Host.Bus;
using Modular.Host.Installed;
using Modular.Host.Installing;
using Modular.Host.Judging;
using Modular.Host.Judging.Compatibility;
using Modular.Host.Start;

namespace Modular.Host.Loading;

/// <summary>Loads all modules of the folder, once per process.</summary>
public static class ModuleLoading
{
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
            services.AddSingleton(HandlerLoading.Discover(core, []));
            return new() { All = found, Core = core };
        }

        var messages = SharedMessages.Of(judged);
        MemberCheck.RefuseUnmet(judged, messages);
        SharedMessages.Load(messages);
        StartAll(found, options, folders, messages, services);
        DeclarationCheck.TurnOffUnmet(core, found);
        services.AddSingleton(HandlerLoading.Discover(core, found));
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
                MemberCheck.RefuseUnmet([found[i]], messages);
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
