using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>The rows of one table as they stand, each as the message that tells of it.</summary>
/// <param name="since">Which rows a chosen day leaves in; all when null.</param>
internal sealed class RowSnapshot<TEntity, TMessage>(ModuleDb db, Func<TEntity, TMessage> message, Func<DateOnly, Expression<Func<TEntity, bool>>>? since)
    : ISnapshot<TMessage> where TEntity : class, IVersioned where TMessage : class
{
    public async Task<IReadOnlyList<SnapshotRow<TMessage>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct)
    {
        var rows = db.Set<TEntity>().AsNoTracking();
        if (from is { } day && since is not null)
        {
            rows = rows.Where(since(day));
        }

        if (after is { } last)
        {
            rows = rows.Where(r => EF.Property<Guid>(r, nameof(IVersioned.Id)).CompareTo(last) > 0);
        }

        var page = await rows.OrderBy(r => EF.Property<Guid>(r, nameof(IVersioned.Id))).Take(take).ToListAsync(ct);
        return [.. page.Select(r => new SnapshotRow<TMessage>(r.Id, message(r)))];
    }
}
