using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Core;

internal static class SnapshotPage
{
    public static async Task<IReadOnlyList<SnapshotRow<TMessage>>> OfAsync<TRow, TMessage>(
        IQueryable<TRow> rows, Guid? after, int take, Func<TRow, TMessage> message, CancellationToken ct) where TRow : class, IVersioned
    {
        var id = IdOf<TRow>();
        var page = await rows.AsNoTracking().Where(After(id, after)).OrderBy(id).Take(take).ToListAsync(ct);
        return [.. page.Select(row => new SnapshotRow<TMessage>(row.Id, message(row)))];
    }

    // The interface's property is not mapped; the entity's own of the same name is.
    private static Expression<Func<TRow, Guid>> IdOf<TRow>()
    {
        var row = Expression.Parameter(typeof(TRow), "row");
        return Expression.Lambda<Func<TRow, Guid>>(Expression.Property(row, nameof(IVersioned.Id)), row);
    }

    private static Expression<Func<TRow, bool>> After<TRow>(Expression<Func<TRow, Guid>> id, Guid? after) =>
        Expression.Lambda<Func<TRow, bool>>(
            Expression.GreaterThanOrEqual(
                Expression.Call(id.Body, nameof(Guid.CompareTo), null, Expression.Constant(after ?? Guid.Empty)),
                Expression.Constant(after is null ? 0 : 1)),
            id.Parameters);
}
