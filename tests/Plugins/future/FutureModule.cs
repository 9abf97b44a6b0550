using Modular.Sdk;

namespace Modular.Plugins.Future;

/// <summary>Its manifest says SDK 0.9; it was built against a later one all the same.</summary>
public sealed class FutureModule : IModule
{
    public void Configure(ModuleBuilder module) => module
        .Permission("future.page.read", "See its pages", "manager")
        .Reminder("future.visit", TimeSpan.FromDays(1));
}
