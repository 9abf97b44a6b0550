using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Core;

public sealed class ClosureSnapshot(CoreDb db) : ISnapshot<ClosureChanged>
{
    public Task<IReadOnlyList<SnapshotRow<ClosureChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct) =>
        SnapshotPage.OfAsync(db.Closures, after, take, CoreChanges.Message, ct);
}
