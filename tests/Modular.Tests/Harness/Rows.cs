using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Tests.Harness;

/// <summary>A window on the host's own rooms table, so that what happens at every save can be tested without a module.</summary>
public sealed class RoomsDb(ModuleDbContext<RoomsDb> context) : ModuleDb(context)
{
    public DbSet<TestRoom> Rooms => Set<TestRoom>();

    protected override void Map(ModelBuilder model) => model.Entity<TestRoom>().ToTable("rooms").Ignore(r => r.PatientId);

    public static RoomsDb Open(IServiceProvider scope)
    {
        var work = scope.GetRequiredService<Work>();
        var options = new DbContextOptionsBuilder<RoomsDb>().UseNpgsql(work.Connection).Options;
        return new(new(options, scope.GetRequiredService<DataScope>(), work, "core"));
    }
}

public sealed class TestRoom : IVersioned, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid LocationId { get; init; } = TestHost.NorthMain;
    public required string Name { get; set; }

    /// <summary>Stands for a secret: logged as changed, without the value.</summary>
    [NotLogged]
    public bool Active { get; set; } = true;

    public Guid? PatientId { get; init; }
}

public static class ScopeOf
{
    /// <summary>A scope as a request of this person would have.</summary>
    public static AsyncServiceScope Person(this TestHost host, Practice practice, Guid id, string[] permissions, Guid[]? locations = null, params string[] roles) =>
        host.Services.OpenScope(practice, new Actor
        {
            Name = "Nora Quist",
            PersonId = id,
            Permissions = permissions.ToHashSet(),
            Locations = locations,
            Roles = roles,
        });
}
