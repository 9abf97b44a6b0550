using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Core;

public sealed class StaffSnapshot(CoreDb db) : ISnapshot<StaffMemberChanged>
{
    public Task<IReadOnlyList<SnapshotRow<StaffMemberChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct) =>
        SnapshotPage.OfAsync(db.StaffMembers, after, take, CoreChanges.Message, ct);
}
