using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>Which rows of a queue a person is given, and in what order, as SQL.</summary>
internal static class QueueOrder
{
    public static IOrderedQueryable<T> Of<T>(WorkQueue<T> queue, IQueryable<T> rows) where T : class, IVersioned, IOwned
    {
        var ordered = By(rows, queue.Urgent, true);
        ordered = By(ordered, queue.Priority, true);
        ordered = By(ordered, queue.Due, false);
        ordered = By(ordered, queue.DueOn, false);
        return (IOrderedQueryable<T>)By(ordered, r => EF.Property<Guid>(r, nameof(IVersioned.Id)), false);
    }

    /// <summary>Behind the orders before it; rows without a due time stand last, as PostgreSQL has it.</summary>
    private static IQueryable<T> By<T, TKey>(IQueryable<T> rows, Expression<Func<T, TKey>>? key, bool falling) =>
        key is null ? rows
        : rows.Expression.Type != typeof(IOrderedQueryable<T>) ? falling ? rows.OrderByDescending(key) : rows.OrderBy(key)
        : falling ? ((IOrderedQueryable<T>)rows).ThenByDescending(key) : ((IOrderedQueryable<T>)rows).ThenBy(key);

    /// <summary>Open, theirs or nobody's, of their team, at the place; and where they come from, which says what is behind it.</summary>
    public static Expression<Func<T, bool>> For<T>(WorkQueue<T> queue, QueueAsk ask, Guid me, Guid? after) where T : class, IVersioned, IOwned
    {
        Expression<Func<T, bool>> own = r => EF.Property<Guid?>(r, nameof(IOwned.OwnerId)) == me;
        Expression<Func<T, bool>> free = r => EF.Property<Guid?>(r, nameof(IOwned.OwnerId)) == null;
        Expression<Func<T, bool>> from = r => EF.Property<Guid>(r, nameof(IVersioned.Id)) == after;
        if (queue.Role is { } role && !ask.Actor.Roles.Contains(Roles.Owner))
        {
            string[] mine = [.. ask.Actor.Roles];
            Expression<Func<string?, bool>> team = r => r == null || mine.Contains(r);
            free = And(free, Expression.Lambda<Func<T, bool>>(Put.In(team.Body, team.Parameters[0], role.Body), role.Parameters));
        }

        if (ask.Place is { } place && typeof(IAtLocation).IsAssignableFrom(typeof(T)))
        {
            free = And(free, r => EF.Property<Guid>(r, nameof(IAtLocation.LocationId)) == place);
        }

        return Or(And(queue.Open, Or(own, free)), from);
    }

    private static Expression<Func<T, bool>> And<T>(Expression<Func<T, bool>> one, Expression<Func<T, bool>> other) =>
        Expression.Lambda<Func<T, bool>>(Expression.AndAlso(one.Body, Put.In(other.Body, other.Parameters[0], one.Parameters[0])), one.Parameters);

    private static Expression<Func<T, bool>> Or<T>(Expression<Func<T, bool>> one, Expression<Func<T, bool>> other) =>
        Expression.Lambda<Func<T, bool>>(Expression.OrElse(one.Body, Put.In(other.Body, other.Parameters[0], one.Parameters[0])), one.Parameters);
}
