using Microsoft.EntityFrameworkCore;
using Modular.Facts.Messages;
using Modular.Sdk;

namespace Modular.Facts;

public sealed class FactsDb(ModuleDbContext<FactsDb> context) : ModuleDb(context)
{
    public DbSet<Fact> Facts => Set<Fact>();

    protected override void Map(ModelBuilder model) => model.Entity<Fact>().ToTable("facts");
}

public sealed class Fact : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Number { get; init; }
    public int Version { get; set; }
    public string Text { get; set; } = "";
}

/// <summary>All facts, as the message that tells of them.</summary>
public sealed class FactSnapshot(FactsDb db) : ISnapshot<FactNoted>
{
    public async Task<IReadOnlyList<SnapshotRow<FactNoted>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct) =>
        await db.Facts.Where(f => after == null || f.Id > after).OrderBy(f => f.Id).Take(take)
            .Select(f => new SnapshotRow<FactNoted>(f.Id, new FactNoted(f.Number, f.Version, f.Text))).ToListAsync(ct);
}
