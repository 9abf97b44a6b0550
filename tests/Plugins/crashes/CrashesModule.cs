using Modular.Sdk;

namespace Modular.Plugins.Crashes;

/// <summary>The worst neighbour: it takes the whole process with it while it declares itself.</summary>
public sealed class CrashesModule : IModule
{
    public void Configure(ModuleBuilder module) => Environment.FailFast("The licence check found a debugger.");
}
