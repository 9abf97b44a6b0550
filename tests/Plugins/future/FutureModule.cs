using Modular.Sdk;

namespace Modular.Plugins.Future;

/// <summary>Its manifest says SDK 1.0; it was built against a later one all the same.</summary>
public sealed class FutureModule : IModule
{
    public void Configure(ModuleBuilder module) => module
        .Permission("future.page.read", "See its pages", "manager")
        .Reminder("future.visit", TimeSpan.FromDays(1));
}
