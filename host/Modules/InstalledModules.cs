using Modular.Host.Bus;
using Modular.Host.Data;
using Modular.Sdk;

namespace Modular.Host.Modules;

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
        var found = ManifestJudge.Discover(options);
        var judged = found.Where(m => m.Status == ModuleStatus.Found).ToList();
        var core = CoreModule.Create();
        if (options.SafeMode)
        {
            judged.ForEach(m => m.Refuse(ModuleStatus.HeldBack, "The host runs in safe mode: no module is started."));
            services.AddSingleton(HandlerMap.Discover(core, []));
            return new() { All = found, Core = core };
        }

        ModuleLoadContext.ShareMessages(judged);
        var markers = new StartMarkers(options.DataDirectory);
        foreach (var module in judged)
        {
            if (markers.HoldsBack(module.Id))
            {
                module.Refuse(ModuleStatus.HeldBack, StartMarkers.Reason(module));
                continue;
            }

            markers.Guard(module.Id, () => ModuleStarter.Start(module, services));
        }

        DeclarationCheck.TurnOffUnmet(core, found);
        services.AddSingleton(HandlerMap.Discover(core, found));
        foreach (var service in found.Where(m => m.Runs).SelectMany(m => m.Builder!.Services))
        {
            services.Add(service);
        }

        return new() { All = found, Core = core };
    }
}
