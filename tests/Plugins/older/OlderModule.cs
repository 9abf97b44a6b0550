using Modular.Sdk;

namespace Modular.Plugins.Older;

/// <summary>Built for an SDK with less in it, with a copy of that SDK in its folder: it runs, on the host's SDK.</summary>
public sealed class OlderModule : IModule
{
    public void Configure(ModuleBuilder module) => module.Permission("older.page.read", "See its pages", "manager");
}
