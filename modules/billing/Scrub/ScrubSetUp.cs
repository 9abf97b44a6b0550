using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Billing.Encounters;
using Modular.Sdk;

namespace Modular.Billing.Scrub;

/// <summary>What the scrubber adds to the module.</summary>
internal static class ScrubSetUp
{
    public static ModuleBuilder Scrub(this ModuleBuilder module)
    {
        module.Permission(BillingPermissions.Override, "Let a finding of the scrubber pass, with a reason", Roles.Biller, Roles.Manager)
            .Demo<Demo.DemoRules>(order: 405);
        module.Services.AddScoped<Scrubber>();
        return module;
    }

    public static void Map(ModelBuilder model)
    {
        model.Entity<OwnRule>().ToTable("own_rules");
        var passed = model.Entity<FindingOverride>().ToTable("finding_overrides");
        passed.HasOne<Encounter>().WithMany().HasForeignKey(o => o.EncounterId);
    }
}
