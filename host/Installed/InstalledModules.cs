using Modular.Host.Migrations;
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
}
