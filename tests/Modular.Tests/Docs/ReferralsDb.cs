using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: db
/// <summary>The module's schema.</summary>
public sealed class ReferralsDb(ModuleDbContext<ReferralsDb> context) : ModuleDb(context)
{
    public DbSet<Referral> Referrals => Set<Referral>();
    public DbSet<Specialist> Specialists => Set<Specialist>();
    public DbSet<LabSample> LabSamples => Set<LabSample>();
    public DbSet<KnownPatient> Patients => Set<KnownPatient>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Referral>();
        model.Entity<Specialist>();
        model.Entity<LabSample>().HasSteps(s => s.History);
        model.Entity<KnownPatient>();
    }

    // snippet: sentences
    protected override IReadOnlyDictionary<string, FieldError> Sentences { get; } = new Dictionary<string, FieldError>
    {
        ["specialists_name"] = new("Name", "This name is on the list already."),
        ["lab_samples_at_lab"] = new("", "Another sample of this patient is at the lab."),
    };
    // end
}
// end

// snippet: scope-sql
public sealed record StatusCount(string Status, int Count);

public sealed class ReferralCounts(ReferralsDb db, DataScope scope)
{
    public Task<List<StatusCount>> ByStatusAsync(CancellationToken ct) => db.Database.SqlQuery<StatusCount>($"""
        select status as "Status", count(*)::int as "Count" from referrals.referrals
        where {scope.AllLocations} or location_id = any({scope.Locations})
        group by status
        """).ToListAsync(ct);
}
// end
