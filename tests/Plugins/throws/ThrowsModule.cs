using Modular.Sdk;

namespace Modular.Plugins.Throws;

/// <summary>A bad neighbour: it fails while it declares itself.</summary>
public sealed class ThrowsModule : IModule
{
    public void Configure(ModuleBuilder module) => throw new InvalidOperationException("The licence file is missing.");
}
