using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

public sealed class AcknowledgementsDb(ModuleDbContext<AcknowledgementsDb> context) : ModuleDb(context)
{
    public DbSet<ReadingDocument> Documents => Set<ReadingDocument>();
    public DbSet<ReadingVersion> Versions => Set<ReadingVersion>();
    public DbSet<Acknowledgement> Acknowledgements => Set<Acknowledgement>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<ReadingDocument>().ToTable("reading_documents").Ignore(d => d.Asks);
        model.Entity<ReadingVersion>().ToTable("reading_versions");
        model.Entity<Acknowledgement>();
    }
}
