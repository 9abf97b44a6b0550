using Microsoft.EntityFrameworkCore;
using Modular.Billing.Charges;
using Modular.Billing.Codes;
using Modular.Billing.Encounters;
using Modular.Billing.Fees;
using Modular.Billing.Inbox;
using Modular.Billing.Reactions;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Billing;

/// <summary>The module's window on its own schema. Its tables are made by Migrations/*.sql.</summary>
public sealed class BillingDb(ModuleDbContext<BillingDb> context) : ModuleDb(context)
{
    public DbSet<BillingCode> Codes => Set<BillingCode>();
    public DbSet<FeeSchedule> FeeSchedules => Set<FeeSchedule>();
    public DbSet<Fee> Fees => Set<Fee>();

    public DbSet<Encounter> Encounters => Set<Encounter>();
    public DbSet<OutsideCharge> OutsideCharges => Set<OutsideCharge>();
    public DbSet<HeardVisit> HeardVisits => Set<HeardVisit>();
    public DbSet<CodeUse> CodeUses => Set<CodeUse>();

    // What others own, kept by the projections in Known.
    public DbSet<KnownPatient> Patients => Set<KnownPatient>();
    public DbSet<ClaimPatient> ClaimPatients => Set<ClaimPatient>();
    public DbSet<KnownCoverage> Coverages => Set<KnownCoverage>();
    public DbSet<KnownCase> Cases => Set<KnownCase>();
    public DbSet<KnownPayer> Payers => Set<KnownPayer>();
    public DbSet<KnownStaffMember> Providers => Set<KnownStaffMember>();
    public DbSet<KnownPlace> Places => Set<KnownPlace>();
    public DbSet<KnownEntity> Entities => Set<KnownEntity>();
    public DbSet<KnownCostCentre> CostCentres => Set<KnownCostCentre>();

    protected override IReadOnlyDictionary<string, FieldError> Sentences => Refusals;

    private static readonly Dictionary<string, FieldError> Refusals = new()
    {
        ["fee_schedules_name"] = new("Name", "Another schedule with this name begins on the same day."),
        ["encounters_visit"] = new("", "This visit has its encounter already."),
        ["encounters_form"] = new("", "This was saved already."),
        ["encounters_days"] = new("To", "The last day is not before the first, and within a year of it."),
        ["encounters_incident_to"] = new("Supervising", "Incident-to needs the supervising provider."),
        ["encounters_locked"] = new("", "The charges of this encounter are closed. Open it again first."),
        ["diagnoses_once"] = new("Diagnoses[0]", "A diagnosis stands here twice."),
    };

    protected override void Map(ModelBuilder model)
    {
        model.Entity<BillingCode>().ToTable("codes");
        model.Entity<FeeSchedule>();
        model.Entity<Fee>().HasOne<FeeSchedule>().WithMany().HasForeignKey(f => f.ScheduleId);
        ChargeSetUp.Map(model);
        model.Entity<KnownPatient>().ToTable("patients");
        model.Entity<ClaimPatient>();
        model.Entity<KnownCoverage>().ToTable("coverages");
        model.Entity<KnownCase>().ToTable("cases");
        model.Entity<KnownPayer>().ToTable("payers");
        model.Entity<KnownStaffMember>().ToTable("providers");
        model.Entity<KnownPlace>().ToTable("places");
        model.Entity<KnownEntity>().ToTable("entities");
        model.Entity<KnownCostCentre>().ToTable("cost_centres");
    }
}
