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

public sealed class RoomSnapshot(CoreDb db) : ISnapshot<RoomChanged>
{
    public Task<IReadOnlyList<SnapshotRow<RoomChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct) =>
        SnapshotPage.OfAsync(db.Rooms, after, take, CoreChanges.Message, ct);
}

public sealed class StaffSnapshot(CoreDb db) : ISnapshot<StaffMemberChanged>
{
    public Task<IReadOnlyList<SnapshotRow<StaffMemberChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct) =>
        SnapshotPage.OfAsync(db.StaffMembers, after, take, CoreChanges.Message, ct);
}

public sealed class PersonSnapshot(PeopleDb db) : ISnapshot<PersonChanged>
{
    public Task<IReadOnlyList<SnapshotRow<PersonChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct) =>
        SnapshotPage.OfAsync(db.People, after, take, person => person.Changed(), ct);
}

public sealed class ClosureSnapshot(CoreDb db) : ISnapshot<ClosureChanged>
{
    public Task<IReadOnlyList<SnapshotRow<ClosureChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct) =>
        SnapshotPage.OfAsync(db.Closures, after, take, CoreChanges.Message, ct);
}

public sealed class HoursSnapshot(CoreDb db) : ISnapshot<LocationHoursChanged>
{
    public async Task<IReadOnlyList<SnapshotRow<LocationHoursChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct)
    {
        var hours = (await db.OpeningHours.AsNoTracking().ToListAsync(ct)).ToLookup(h => h.LocationId);
        return await SnapshotPage.OfAsync(db.Sites, after, take, site => CoreChanges.Message(site, hours[site.Id]), ct);
    }
}

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
