using Modular.Sdk;

namespace Modular.Plugins.Leans;

/// <summary>A good module that needs a bad one.</summary>
public sealed class LeansModule : IModule
{
    public void Configure(ModuleBuilder module)
    {
    }
}
