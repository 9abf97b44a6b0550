using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Core;

/// <summary>The facts that belong to no module: the practice itself, its legal entities, sites, rooms and staff.</summary>
public sealed class CoreDb(ModuleDbContext<CoreDb> context) : ModuleDb(context)
{
    private const string MainEntity = "core.main_entity()";

    private static readonly Dictionary<string, FieldError> Refusals = new()
    {
        ["legal_entities_name"] = new("Name", "Another entity has this name."),
        ["cost_centres_code"] = new("Code", "Another cost center has this code."),
    };

    public DbSet<Profile> Profile => Set<Profile>();
    public DbSet<Site> Sites => Set<Site>();
    public DbSet<OpeningHours> OpeningHours => Set<OpeningHours>();
    public DbSet<Closure> Closures => Set<Closure>();
    public DbSet<Room> Rooms => Set<Room>();
    public DbSet<StaffMember> StaffMembers => Set<StaffMember>();
    public DbSet<LegalEntity> LegalEntities => Set<LegalEntity>();
    public DbSet<CostCentre> CostCentres => Set<CostCentre>();

    protected override IReadOnlyDictionary<string, FieldError> Sentences => Refusals;

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Profile>().ToTable("profile");
        model.Entity<Site>().ToTable("locations").Property(s => s.EntityId).HasDefaultValueSql(MainEntity);
        model.Entity<StaffMember>().Property(s => s.EntityId).HasDefaultValueSql(MainEntity);
    }
}
