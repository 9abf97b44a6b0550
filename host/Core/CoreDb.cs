using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Core;

/// <summary>The facts that belong to no module: the practice itself, its legal entities, sites, rooms and staff.</summary>
public sealed class CoreDb(ModuleDbContext<CoreDb> context) : ModuleDb(context)
{
    public DbSet<Profile> Profile => Set<Profile>();
    public DbSet<Site> Sites => Set<Site>();
    public DbSet<OpeningHours> OpeningHours => Set<OpeningHours>();
    public DbSet<Closure> Closures => Set<Closure>();
    public DbSet<Room> Rooms => Set<Room>();
    public DbSet<StaffMember> StaffMembers => Set<StaffMember>();
    public DbSet<LegalEntity> LegalEntities => Set<LegalEntity>();
    public DbSet<CostCentre> CostCentres => Set<CostCentre>();

    private const string MainEntity = "core.main_entity()";

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Profile>().ToTable("profile");
        model.Entity<Site>().ToTable("locations").Property(s => s.EntityId).HasDefaultValueSql(MainEntity);
        model.Entity<StaffMember>().Property(s => s.EntityId).HasDefaultValueSql(MainEntity);
    }
}
