using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Core;

public sealed class CostCentreSnapshot(CoreDb db) : ISnapshot<CostCentreChanged>
{
    public Task<IReadOnlyList<SnapshotRow<CostCentreChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct) =>
        SnapshotPage.OfAsync(db.CostCentres, after, take, CoreChanges.Message, ct);
}
