using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>
/// Work that a team shares, over rows that stay the module's: what is still to do, whose it is, what comes first, why it is there. The list
/// that names it (<see cref="ListDefinition{T}.Queue"/>) can be worked through: taken, given to somebody, counted by person, opened one after
/// the other. A row that somebody has is a task in their inbox, and leaves it when it is done.
/// </summary>
/// <example><code>
/// public static readonly WorkQueue&lt;Sample&gt; Queue = new("lab.sample", "sample", "/lab/samples", LabPermissions.Test)
/// {
///     Open = s =&gt; s.TestedOn == null, Due = s =&gt; s.DueBy, Urgent = s =&gt; s.Stat,
///     Title = s =&gt; $"Test {s.Name}", Link = s =&gt; $"/lab/samples/{s.Id}", Why = (s, ask) =&gt; $"Came from {s.Doctor} and was not tested yet.",
/// };
/// </code></example>
#pragma warning disable CA1711 // As for WorkQueue.
public sealed class WorkQueue<T>(string name, string noun, string path, string permission) : WorkQueue(name, noun, path, permission)
    where T : class, IVersioned, IOwned
#pragma warning restore CA1711
{
    /// <summary>Nobody has so many rows of their own before them; what is behind comes when these are done.</summary>
    private const int MostLookedAt = 1000;

    private Func<T, bool>? isOpen;
    private Func<T, bool>? isUrgent;
    private Func<T, DateTimeOffset?>? due;
    private Func<T, DateOnly?>? dueOn;
    private Func<T, string?>? role;

    /// <summary>The rows still to do; what it leaves out is done. It becomes SQL.</summary>
    public required Expression<Func<T, bool>> Open { get; init; }

    /// <summary>What to do, beginning with a verb: the task's title.</summary>
    public required Func<T, string> Title { get; init; }

    /// <summary>The page where the work on the row is done.</summary>
    public required Func<T, string> Link { get; init; }

    /// <summary>Why the row is in the queue, as a sentence for whoever never saw it.</summary>
    public required Func<T, ListAsk, string> Why { get; init; }

    /// <summary>The instant by which it is to be done.</summary>
    public Expression<Func<T, DateTimeOffset?>>? Due { get; init; }

    /// <summary>The last day for it, where no instant is said.</summary>
    public Expression<Func<T, DateOnly?>>? DueOn { get; init; }

    /// <summary>The next row is an urgent one, and urgent tasks stand first.</summary>
    public Expression<Func<T, bool>>? Urgent { get; init; }

    /// <summary>Of equally urgent rows the higher comes first, before the due time counts.</summary>
    public Expression<Func<T, int>>? Priority { get; init; }

    /// <summary>
    /// The role preset whose work the row is. It stands in that role's shared inbox until somebody takes it; without a role, only rows that
    /// somebody has are tasks.
    /// </summary>
    public Expression<Func<T, string?>>? Role { get; init; }

    /// <summary>
    /// Whom a row is about, where it does not say so itself (<see cref="IOfPatient"/>): the task is theirs when records are merged.
    /// </summary>
    public Func<T, Guid?>? Patient { get; init; }

    /// <summary>The rows of the context that belong to the queue, where that is fewer than all of them.</summary>
    public Func<ModuleDb, IQueryable<T>>? Rows { get; init; }

    /// <summary>
    /// Gives the row to somebody (null: to nobody) at a moment, said to be done by a name, where more is to happen than the two columns say,
    /// such as a line in its history. Returns why it is refused, or null.
    /// </summary>
    public Func<T, WorkOwner?, string, DateTimeOffset, string?>? Assign { get; init; }

    public override Type Row => typeof(T);

    /// <summary>The queue as a list of its own rows has it.</summary>
    public QueueLines<T> Lines() => Lines<T>(row => row);

    /// <summary>The queue as a list has it whose lines hold the row among others.</summary>
    /// <example><c>Queue = Duplicate.Queue.Lines&lt;Line&gt;(l =&gt; l.Pair)</c></example>
    public QueueLines<TLine> Lines<TLine>(Expression<Func<TLine, T>> row) => QueueLines<TLine>.Of(this, row);

    public override async Task<QueueOutcome> AssignAsync(
        ModuleDb db, QueueAsk ask, IReadOnlyCollection<Guid> ids, WorkOwner? owner, bool take, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(Name, ct); // who comes second finds what the first one did
        var rows = await OpenRows(db).Where(r => ids.Contains(EF.Property<Guid>(r, nameof(IVersioned.Id)))).ToListAsync(ct);
        var changed = new List<T>();
        string? refusal = rows.Count == ids.Distinct().Count() ? null
            : ids.Count == 1 ? $"This {Noun} is done, or out of your reach, by now." : "Some were done, or out of your reach, by now.";
        foreach (var row in rows)
        {
            var fault = take && row.OwnerId is { } has && has != owner?.Id ? $"{row.Owner} has this {Noun} already."
                : owner?.WorksAt(row) == false ? $"{owner.Name} does not work at the location of this {Noun}."
                : Give(row, owner, ask);
            refusal ??= fault is not null && rows.Count > 1 ? $"Of {rows.Count} some stay as they are: {fault}" : fault;
            changed.AddRange(fault is null ? [row] : []);
        }

        try
        {
            await db.SaveChangesAsync(ct);
            await write.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return new(0, $"Somebody worked on this {Noun} at the same moment. Nothing was changed; look again.", []);
        }

        return new(changed.Count, refusal, [.. changed.OfType<IAtLocation>().Select(r => r.LocationId).Distinct()]);
    }

    public override async Task<string?> TakeNextAsync(ModuleDb db, QueueAsk ask, Guid? after, CancellationToken ct)
    {
        if (ask.Actor.PersonId is not { } me)
        {
            return null;
        }

        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(Name, ct);
        var order = await QueueOrder.Of(this, Among(db).Where(QueueOrder.For(this, ask, me, after)))
            .Select(r => EF.Property<Guid>(r, nameof(IVersioned.Id))).Take(MostLookedAt).ToListAsync(ct);
        var from = after is { } seen ? order.IndexOf(seen) : -1;
        foreach (var id in order.Skip(from + 1).Concat(order.Take(Math.Max(from, 0))))
        {
            // What the caller tracks of it may be older than what the lock waited for.
            var row = await Among(db).FirstAsync(r => EF.Property<Guid>(r, nameof(IVersioned.Id)) == id, ct);
            if (row.OwnerId == me || Give(row, new(me, ask.Actor.Name), ask) is null)
            {
                await db.SaveChangesAsync(ct);
                await write.CommitAsync(ct);
                return Marked(Link(row));
            }
        }

        return null;
    }

    internal override QueueRow Read(object row, ListAsk ask) =>
        row is T of ? new(of.Id, of.OwnerId, of.Owner, IsOpen(of) ? Why(of, ask) : "", Link(of), IsOpen(of))
        : throw new InvalidOperationException($"The queue {Name} is of {typeof(T).Name}, not of {row.GetType().Name}.");

    internal override TaskEntry? Task(object row)
    {
        var of = (T)row;
        var shared = (role ??= Role?.Compile() ?? (_ => null))(of);
        return !IsOpen(of) || (shared is null && of.OwnerId is null) ? null : new(
            Title(of), Link(of), Permission, Due: (due ??= Due?.Compile() ?? (_ => null))(of), Role: shared, AssigneeId: of.OwnerId,
            LocationId: (of as IAtLocation)?.LocationId, PatientId: Patient?.Invoke(of) ?? (of as IOfPatient)?.PatientId,
            Urgent: (isUrgent ??= Urgent?.Compile() ?? (_ => false))(of))
        { DueOn = (dueOn ??= DueOn?.Compile() ?? (_ => null))(of) };
    }

    internal bool IsOpen(T row) => (isOpen ??= Open.Compile())(row);

    private IQueryable<T> Among(ModuleDb db) => Rows?.Invoke(db) ?? db.Set<T>();

    private IQueryable<T> OpenRows(ModuleDb db) => Among(db).Where(Open);

    private string? Give(T row, WorkOwner? owner, QueueAsk ask)
    {
        if (row.OwnerId == owner?.Id)
        {
            return null;
        }

        if (Assign is not null)
        {
            return Assign(row, owner, ask.Actor.Name, ask.Now);
        }

        (row.OwnerId, row.Owner) = (owner?.Id, owner?.Name);
        return null;
    }
}
