using System.Linq.Expressions;

namespace Modular.Sdk;

/// <summary>A work queue as the lines of a list have it: made by <see cref="WorkQueue{T}.Lines()"/>.</summary>
public sealed class QueueLines<TLine>
{
    internal const string OwnerName = "owner";
    internal const string Nobody = "nobody";
    internal const string Me = "me";

    private readonly Expression<Func<TLine, Guid?>> ownerId;
    private readonly Expression<Func<TLine, string?>> owner;
    private readonly Func<TLine, ListAsk, QueueRow> read;

    private QueueLines(WorkQueue queue, Expression<Func<TLine, Guid?>> ownerId, Expression<Func<TLine, string?>> owner,
        Func<TLine, ListAsk, QueueRow> read)
    {
        (Queue, this.ownerId, this.owner, this.read) = (queue, ownerId, owner, read);
        Columns =
        [
            new(OwnerName, "Owner", (line, ask) => read(line, ask) is { OwnerId: { } id } row ? id == ask.Me ? "You" : row.Owner : null)
            {
                Sort = Expression.Lambda<Func<TLine, object?>>(owner.Body, owner.Parameters), Class = "nowrap full",
            },
            new("why", "Why it is here", (line, ask) => read(line, ask) is { Open: true } row ? row.Why : null) { Class = "muted why" },
        ];
    }

    internal WorkQueue Queue { get; }

    internal IReadOnlyList<ListColumn<TLine>> Columns { get; }

    internal static QueueLines<TLine> Of<T>(WorkQueue<T> queue, Expression<Func<TLine, T>> row) where T : class, IVersioned, IOwned
    {
        var of = row.Compile();
        return new(queue, In<Guid?>(row, nameof(IOwned.OwnerId)), In<string?>(row, nameof(IOwned.Owner)), (line, ask) => queue.Read(of(line)!, ask));
    }

    internal QueueRow Read(TLine line, ListAsk ask) => read(line, ask);

    internal static bool Knows(string value) => value is Nobody or Me || Guid.TryParse(value, out _);

    /// <summary>The rows of an owner in the address; all when it names none.</summary>
    internal IQueryable<TLine> Apply(IQueryable<TLine> lines, string value, ListAsk ask)
    {
        if (value.Length == 0)
        {
            return lines;
        }

        var whose = value switch { Nobody => null, Me => ask.Me ?? Guid.Empty, _ => (Guid?)Guid.Parse(value) };
        Expression<Func<Guid?, bool>> theirs = id => id == whose;
        return lines.Where(Expression.Lambda<Func<TLine, bool>>(Put.In(theirs.Body, theirs.Parameters[0], ownerId.Body), ownerId.Parameters));
    }

    /// <summary>How many lines each owner has, those of nobody among them.</summary>
    internal async Task<IReadOnlyList<OwnerCount>> CountAsync(IQueryable<TLine> lines, CancellationToken ct)
    {
        var whose = typeof(Whose);
        var name = Put.In(owner.Body, owner.Parameters[0], ownerId.Parameters[0]);
        var select = Expression.Lambda<Func<TLine, Whose>>(Expression.MemberInit(Expression.New(whose),
            Expression.Bind(whose.GetProperty(nameof(Whose.Id))!, ownerId.Body),
            Expression.Bind(whose.GetProperty(nameof(Whose.Name))!, name)), ownerId.Parameters);
        var counted = await ListAnswer.AllAsync(lines.Select(select).GroupBy(w => w.Id)
            .Select(g => new { Id = g.Key, Name = g.Max(w => w.Name), Rows = g.Count() }), ct);
        return [.. counted.Select(c => new OwnerCount(c.Id, c.Name, c.Rows)).OrderBy(c => c.Name, StringComparer.CurrentCulture)];
    }

    private static Expression<Func<TLine, TValue>> In<TValue>(LambdaExpression row, string property) =>
        Expression.Lambda<Func<TLine, TValue>>(Expression.Property(row.Body, property), row.Parameters);

    private sealed class Whose
    {
        public Guid? Id { get; init; }
        public string? Name { get; init; }
    }
}
