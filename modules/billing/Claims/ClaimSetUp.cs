using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Billing.Batches;
using Modular.Billing.Encounters;
using Modular.Sdk;

namespace Modular.Billing.Claims;

/// <summary>What claims and their batches add to the module.</summary>
internal static class ClaimSetUp
{
    public static ModuleBuilder Claims(this ModuleBuilder module)
    {
        module.Navigation("Claims", "/billing/claims", "file", BillingPermissions.Read, 71, count: """
                select count(*) from billing.claims
                where state in ('to-check', 'to-correct', 'held', 'rejected') and ($1 or location_id = any($2)) and ($3::uuid is null or location_id = $3)
                """)
            .Queue(ClaimWork.Queue)
            .Search<Claim>("Claim", ClaimWork.Found);
        module.Services.AddScoped<BatchWriter>();
        module.Services.AddScoped<ClaimFactsBuilder>();
        module.Services.AddScoped<ClaimChecks>();
        module.Services.AddScoped<EncounterClaims>();
        return module;
    }

    public static void Map(ModelBuilder model)
    {
        var claim = model.Entity<Claim>();
        claim.HasSteps(c => c.History);
        claim.HasOne<Encounter>().WithMany().HasForeignKey(c => c.EncounterId);
        model.Entity<ClaimBatchFile>().ToTable("claim_batches");
        var row = model.Entity<BatchClaim>().ToTable("batch_claims");
        row.Property(b => b.Id).ValueGeneratedNever();
        row.HasOne<ClaimBatchFile>().WithMany().HasForeignKey(b => b.BatchId);
        row.HasOne<Claim>().WithMany().HasForeignKey(b => b.ClaimId);
    }
}
