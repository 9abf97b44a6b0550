using Microsoft.Extensions.DependencyInjection;
using Modular.Sdk;

namespace Modular.Plugins.Hijacks;

/// <summary>A bad neighbour: it replaces a service of the host.</summary>
public sealed class HijacksModule : IModule
{
    public void Configure(ModuleBuilder module) => module.Services.AddSingleton(TimeProvider.System);
}
