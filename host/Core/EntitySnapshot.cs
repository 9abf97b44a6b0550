using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Core;

public sealed class EntitySnapshot(CoreDb db) : ISnapshot<EntityChanged>
{
    public Task<IReadOnlyList<SnapshotRow<EntityChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct) =>
        SnapshotPage.OfAsync(db.LegalEntities, after, take, CoreChanges.Message, ct);
}
