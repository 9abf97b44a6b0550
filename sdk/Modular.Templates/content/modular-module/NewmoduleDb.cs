using Microsoft.EntityFrameworkCore;
using Modular.Newmodule.Requests;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Newmodule;

/// <summary>The module's window on its own schema. Its tables are made by Migrations/*.sql.</summary>
public sealed class NewmoduleDb(ModuleDbContext<NewmoduleDb> context) : ModuleDb(context)
{
    public DbSet<Request> Requests => Set<Request>();
    public DbSet<KnownPatient> Patients => Set<KnownPatient>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Request>();
        model.Entity<KnownPatient>();
    }
}
