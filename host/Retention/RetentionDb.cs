using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Retention;

public sealed class RetentionDb(ModuleDbContext<RetentionDb> context) : ModuleDb(context)
{
    public DbSet<RetentionHold> Holds => Set<RetentionHold>();
    public DbSet<RetentionTerm> Terms => Set<RetentionTerm>();
    public DbSet<DisposalRun> Runs => Set<DisposalRun>();
    public DbSet<DisposalKind> Kinds => Set<DisposalKind>();
    public DbSet<DisposalItem> Items => Set<DisposalItem>();

    protected override IReadOnlyDictionary<string, FieldError> Sentences { get; } = new Dictionary<string, FieldError>
    {
        ["retention_terms_kind"] = new("", "Somebody set this term at the same moment. Open it again."),
        ["disposal_runs_open"] = new("", "A disposal run is open already. End or discard that one first."),
    };

    protected override void Map(ModelBuilder model)
    {
        model.Entity<RetentionHold>().ToTable("retention_holds");
        model.Entity<RetentionTerm>().ToTable("retention_terms");
        model.Entity<DisposalRun>().ToTable("disposal_runs").Ignore(r => r.HasEnded);
        model.Entity<DisposalKind>().ToTable("disposal_kinds").HasKey(k => new { k.RunId, k.Kind });
        model.Entity<DisposalKind>().HasOne<DisposalRun>().WithMany().HasForeignKey(k => k.RunId); // the run is written first
        model.Entity<DisposalItem>().ToTable("disposal_items");
    }
}
