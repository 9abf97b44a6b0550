using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Core;

/// <summary>The host's own facts for modules that are enabled later. Their number is small and their age says nothing: a date leaves none out.</summary>
public sealed class SiteSnapshot(CoreDb db) : ISnapshot<LocationChanged>
{
    public Task<IReadOnlyList<SnapshotRow<LocationChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct) =>
        SnapshotPage.OfAsync(db.Sites, after, take, CoreChanges.Message, ct);
}
