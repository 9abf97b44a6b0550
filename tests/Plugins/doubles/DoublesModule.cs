using Modular.Sdk;

namespace Modular.Plugins.Doubles;

/// <summary>A bad neighbour: two settings records, of which only one could be edited.</summary>
public sealed class DoublesModule : IModule
{
    public void Configure(ModuleBuilder module) => module.Settings<First>("Doubles").Settings<Second>("More doubles");
}

public sealed class First
{
    public int Days { get; set; } = 1;
}

public sealed class Second
{
    public int Days { get; set; } = 2;
}
