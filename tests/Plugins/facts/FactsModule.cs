using Modular.Facts.Messages;
using Modular.Sdk;

namespace Modular.Facts;

public sealed class FactsModule : IModule
{
    public void Configure(ModuleBuilder module) => module
        .Database<FactsDb>()
        .Snapshot<FactNoted, FactSnapshot>()
        .Job<NightCame>("facts.night", "Notes that a night came", "0 0 2 * * ?");
}
