using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>A row that a module keeps of what another one owns, written by a <see cref="Projection{TMessage,TRow}"/> alone.</summary>
public interface IProjected
{
    /// <summary>The owner's.</summary>
    Guid Id { get; }

    /// <summary>The owner's: a message with a lower one is late and changes nothing.</summary>
    int Version { get; }
}

/// <summary>On a text of a projected row that is searched as it is typed: kept in small letters, without accents, with a space before each word.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SearchWordsAttribute : Attribute;

/// <summary>What a module keeps of another one's facts; declared with <see cref="ModuleBuilder.Projection"/>, and kept up by the host as the messages come.</summary>
public abstract class Projection
{
    private protected Projection()
    {
    }

    /// <summary>For the host, which hears the messages.</summary>
    public IReadOnlyList<ProjectionStep> Steps => Taken;

    private protected List<ProjectionStep> Taken { get; } = [];
}

/// <summary>A message that a projection follows, and what is done for all of it that came together.</summary>
public sealed record ProjectionStep(Type Message, Func<ModuleDb, IReadOnlyList<object>, CancellationToken, Task> TakeAsync);

/// <summary>
/// Keeps a row for each thing that <typeparamref name="TMessage"/> tells of, as its newest message had it: a message that is late or comes twice
/// changes nothing, and all that came together are one statement. A module that is turned on later is filled from the owner's snapshot,
/// as for every handler.
/// </summary>
/// <example><code>
/// public static readonly Projection&lt;RoomChanged, KnownRoom&gt; Rooms =
///     new(room =&gt; new() { Id = room.RoomId, Version = room.Version, LocationId = room.LocationId, Name = room.Name, Active = room.Active });
/// …
/// module.Database&lt;SchedulingDb&gt;().Projection(Rooms);
/// </code></example>
public sealed class Projection<TMessage, TRow> : Projection
    where TMessage : class
    where TRow : class, IProjected
{
    private readonly Func<TMessage, TRow> row;
    private readonly List<string> once = [];
    private readonly List<ProjectionCopy> copies = [];
    private readonly List<(Type User, string Key)> users = [];
    private Func<TMessage, bool> takes = _ => true;
    private ProjectionSql? sql;

    /// <param name="row">Makes the row of a message: every column that the model has is written as it is there.</param>
    public Projection(Func<TMessage, TRow> row)
    {
        this.row = row;
        Taken.Add(new(typeof(TMessage), (db, told, ct) => TakeAsync(db, [.. told.Cast<TMessage>()], ct)));
    }

    /// <summary>What does not fit is taken only for a row that is kept already: of the staff, those who see patients, and those who did.</summary>
    public Projection<TMessage, TRow> Where(Func<TMessage, bool> fits)
    {
        takes = fits;
        return this;
    }

    /// <summary>Set when the row is new and left alone afterwards: a patient's id, which a merge changes here as it does at the owner's.</summary>
    public Projection<TMessage, TRow> Once<TValue>(Expression<Func<TRow, TValue>> column)
    {
        once.Add(NameOf(column));
        return this;
    }

    /// <summary>
    /// A text that other rows of the module repeat, so that a list needs no join: it follows when it changes, and so do the search entries and
    /// tasks of those rows. A row that is repeated is not removed.
    /// </summary>
    /// <param name="key">Which row it is of.</param>
    /// <param name="copy">Where it is repeated.</param>
    /// <param name="from">What is repeated.</param>
    public Projection<TMessage, TRow> Copied<TUser>(Expression<Func<TUser, Guid?>> key, Expression<Func<TUser, string?>> copy, Expression<Func<TRow, string?>> from) where TUser : class
    {
        copies.Add(new(typeof(TUser), NameOf(key), NameOf(copy), NameOf(from), DeriveAsync<TUser>));
        return UsedBy(key);
    }

    /// <summary>A row that one of these points to is not removed.</summary>
    public Projection<TMessage, TRow> UsedBy<TUser>(Expression<Func<TUser, Guid?>> key) where TUser : class
    {
        users.Add((typeof(TUser), NameOf(key)));
        return this;
    }

    /// <summary>Leaves out what its owner says is gone, unless a row of the module points to it.</summary>
    /// <param name="id">Whose rows go.</param>
    /// <param name="of">What it is the id of: of the row itself when null.</param>
    public Projection<TMessage, TRow> RemovedBy<TRemoved>(Func<TRemoved, Guid> id, Expression<Func<TRow, Guid>>? of = null) where TRemoved : class
    {
        var column = of is null ? null : NameOf(of);
        Taken.Add(new(typeof(TRemoved), (db, told, ct) => Sql(db).RemoveAsync(db, column, [.. told.Select(m => id((TRemoved)m))], ct)));
        return this;
    }

    /// <summary>After two became one, the one that is gone is no longer offered; after that was taken back, it is again. The texts that are repeated follow the rows, which were moved already.</summary>
    /// <param name="of">Which was kept, which is gone, and whether it was taken back.</param>
    /// <param name="active">Whether it is offered.</param>
    public Projection<TMessage, TRow> MergedBy<TMerged>(Func<TMerged, (Guid Kept, Guid Gone, bool Undone)> of, Expression<Func<TRow, bool>> active) where TMerged : class
    {
        var column = NameOf(active);
        Taken.Add(new(typeof(TMerged), async (db, told, ct) =>
        {
            foreach (var (kept, gone, undone) in told.Select(m => of((TMerged)m)))
            {
                await Sql(db).MergeAsync(db, column, kept, gone, undone, ct);
            }
        }));
        return this;
    }

    /// <summary>Takes over what messages say, as their handler does: for what a page asked the owner because no message has come yet.</summary>
    public Task TakeAsync(ModuleDb db, IReadOnlyCollection<TMessage> told, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var newest = told.Select(m => (Row: row(m), New: takes(m))).GroupBy(r => r.Row.Id).Select(of => of.MaxBy(r => r.Row.Version)).ToList();
        return newest.Count == 0 ? Task.CompletedTask : Sql(db).UpsertAsync(db, [.. newest.Select(r => r.Row)], [.. newest.Select(r => r.New)], ct);
    }

    /// <summary>Nobody saved these rows, so what is derived from them is written anew here; they are read whoever asks, as the statement wrote them.</summary>
    private static async Task DeriveAsync<TUser>(ModuleDb db, Guid[] changed, CancellationToken ct) where TUser : class =>
        db.Work.Derive(await db.Set<TUser>().IgnoreQueryFilters().AsNoTracking().Where(r => changed.Contains(EF.Property<Guid>(r, nameof(IVersioned.Id)))).ToListAsync(ct));

    /// <summary>The model is the same for every context of the module.</summary>
    private ProjectionSql Sql(ModuleDb db) => sql ??= new(db.Model, typeof(TRow), once, copies, users);

    private static string NameOf(LambdaExpression column)
    {
        var body = column.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : column.Body;
        return body is MemberExpression { Member: PropertyInfo property } ? property.Name : throw new ArgumentException($"{column} is no property.", nameof(column));
    }
}
