using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Settings;

/// <summary>Which settings record belongs to which module; a module has one.</summary>
public sealed class SettingsCatalog(InstalledModules modules)
{
    public IEnumerable<(LoadedModule Module, SettingsDeclaration Declared)> All =>
        modules.WithCore.SelectMany(m => m.Declared.Settings.Take(1).Select(s => (m, s)));

    public string ModuleOf(Type record) =>
        modules.WithCore.FirstOrDefault(m => m.Declared.Settings.Any(s => s.Record == record))?.Id
        ?? throw new InvalidOperationException($"{record.Name} is not declared as settings of any module.");

    public (LoadedModule Module, SettingsDeclaration Declared)? Find(string module) =>
        All.Where(s => s.Module.Id == module).Select(s => ((LoadedModule, SettingsDeclaration)?)s).FirstOrDefault();
}
