using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Core;

public sealed class RoomSnapshot(CoreDb db) : ISnapshot<RoomChanged>
{
    public Task<IReadOnlyList<SnapshotRow<RoomChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct) =>
        SnapshotPage.OfAsync(db.Rooms, after, take, CoreChanges.Message, ct);
}
