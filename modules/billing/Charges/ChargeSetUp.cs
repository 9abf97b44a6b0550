using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Billing.Demo;
using Modular.Billing.Encounters;
using Modular.Billing.Inbox;
using Modular.Billing.Panels;
using Modular.Billing.Superbill;
using Modular.Sdk;

namespace Modular.Billing.Charges;

/// <summary>What capturing charges adds to the module.</summary>
internal static class ChargeSetUp
{
    public static ModuleBuilder Charges(this ModuleBuilder module)
    {
        module
            .Navigation("Charges", "/billing/encounters", "receipt", BillingPermissions.Read, 70, count: """
                select count(*) from billing.encounters
                where state in ('open', 'entered') and ($1 or location_id = any($2)) and ($3::uuid is null or location_id = $3)
                """)
            .Queue(EncounterWork.Queue)
            .Queue(OutsideWork.Queue)
            .Import<ChargeImport>()
            .Search<Encounter>("Encounter", EncounterWork.Found)
            .Widget<ChargesToEnter>("Charges", BillingPermissions.Read, 50, Roles.Biller, Roles.Manager, Roles.Provider)
            .Slot<PatientEncounters>("patients.chart", BillingPermissions.Read, 60)
            .Demo<DemoCharges>(order: 410);
        module.Services.AddScoped<EncounterDefaults>();
        module.Services.AddScoped<VisitEncounters>();
        module.Services.AddScoped<NewEncounter>();
        module.Services.AddScoped<RoundReader>();
        module.Services.AddScoped<EncounterDesk>();
        module.Services.AddScoped<CodeFinder>();
        module.Services.AddScoped<SuperbillReader>();
        module.Services.AddScoped<EarlierServices>();
        module.Services.AddScoped<ChargeInbox>();
        return module;
    }

    public static void Map(ModelBuilder model)
    {
        var encounter = model.Entity<Encounter>();
        encounter.HasSteps(e => e.History);
        encounter.HasMany(e => e.Diagnoses).WithOne().HasForeignKey(d => d.EncounterId);
        encounter.HasMany(e => e.Lines).WithOne().HasForeignKey(l => l.EncounterId);
        encounter.HasMany(e => e.Coverages).WithOne().HasForeignKey(c => c.EncounterId);
        encounter.HasMany(e => e.Charges).WithOne().HasForeignKey(c => c.EncounterId);
        model.Entity<Diagnosis>().ToTable("diagnoses").HasKey(d => new { d.EncounterId, d.Position });
        model.Entity<Diagnosis>().Property(d => d.Position).ValueGeneratedNever();
        // Rows are made with their ids: without this they would count as stored already.
        model.Entity<ChargeLine>().ToTable("charge_lines").Property(l => l.Id).ValueGeneratedNever();
        model.Entity<EncounterCoverage>().ToTable("encounter_coverages").Property(c => c.Id).ValueGeneratedNever();
        model.Entity<Charge>().ToTable("charges").Property(c => c.Id).ValueGeneratedNever();
        var outside = model.Entity<OutsideCharge>();
        outside.HasSteps(c => c.History);
        outside.HasOne<Encounter>().WithMany().HasForeignKey(c => c.EncounterId);
        outside.Property(c => c.Content).HasColumnType("jsonb");
        model.Entity<CodeUse>().HasKey(u => new { u.ProviderId, u.System, u.Code });
    }
}
