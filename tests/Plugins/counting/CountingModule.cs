using Modular.Sdk;

namespace Modular.Counting;

public sealed class CountingModule : IModule
{
    public void Configure(ModuleBuilder module) => module.Database<CountingDb>();
}
