using Microsoft.EntityFrameworkCore;
using Modular.Host.Indicators.Dashboards;
using Modular.Host.Indicators.Targets;
using Modular.Sdk;

namespace Modular.Host.Indicators;

public sealed class IndicatorsDb(ModuleDbContext<IndicatorsDb> context) : ModuleDb(context)
{
    public DbSet<IndicatorTarget> Targets => Set<IndicatorTarget>();
    public DbSet<Dashboard> Dashboards => Set<Dashboard>();

    protected override IReadOnlyDictionary<string, FieldError> Sentences { get; } = new Dictionary<string, FieldError>
    {
        ["indicator_targets_once"] = new("Indicator", "This indicator has a target there already. Change that one."),
    };

    protected override void Map(ModelBuilder model) => model.Entity<IndicatorTarget>().ToTable("indicator_targets");
}
