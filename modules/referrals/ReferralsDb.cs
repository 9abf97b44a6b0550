using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Referrals.Reactions;
using Modular.Referrals.Referrals;
using Modular.Referrals.Specialists;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Referrals;

/// <summary>The module's window on its own schema. Its tables are made by Migrations/*.sql.</summary>
public sealed class ReferralsDb(ModuleDbContext<ReferralsDb> context) : ModuleDb(context)
{
    public DbSet<Referral> Referrals => Set<Referral>();
    public DbSet<ReferralChange> ReferralChanges => Set<ReferralChange>();
    public DbSet<Specialist> Specialists => Set<Specialist>();

    // What others own, kept by the projections in Known.
    public DbSet<KnownPatient> Patients => Set<KnownPatient>();
    public DbSet<KnownCoverage> Coverages => Set<KnownCoverage>();
    public DbSet<KnownCase> Cases => Set<KnownCase>();
    public DbSet<KnownStaffMember> Providers => Set<KnownStaffMember>();

    protected override IReadOnlyDictionary<string, FieldError> Sentences => Refusals;

    private static readonly Dictionary<string, FieldError> Refusals = new()
    {
        ["specialists_npi_key"] = new("Npi", "Another specialist of the list has this NPI."),
        ["specialists_name"] = new("Name", "This name of this practice is on the list already."),
    };

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Referral>().HasMany(r => r.Changes).WithOne().HasForeignKey(c => c.ReferralId);
        model.Entity<Referral>().HasOne<Specialist>().WithMany().HasForeignKey(r => r.SpecialistId);
        // A change is made with its id: without this it would count as one that is stored already.
        model.Entity<ReferralChange>().Property(c => c.Id).ValueGeneratedNever();
        model.Entity<ReferralChange>().Property(c => c.Before).HasColumnType("jsonb");
        model.Entity<Specialist>();
        model.Entity<KnownPatient>().ToTable("patients");
        model.Entity<KnownCoverage>().ToTable("coverages");
        model.Entity<KnownCase>().ToTable("cases");
        model.Entity<KnownStaffMember>().ToTable("providers");
    }
}
