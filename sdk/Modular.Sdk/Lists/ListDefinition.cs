using System.Linq.Expressions;

namespace Modular.Sdk;

/// <summary>What is said of a list whatever its rows: <see cref="ListDefinition{T}"/>.</summary>
public abstract class ListDefinition(string name, string caption)
{
    public string Name { get; } = name;

    public string Caption { get; } = caption;

    /// <summary>Further names that its address may have, such as a tab of the page; the slice reads them.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>What the access log calls the list, in the office's words; <see cref="Caption"/> in lower case when left out.</summary>
    public string Logged { get => field ?? Caption.ToLowerInvariant(); init; }

    /// <summary>What the search box searches; null for a list that cannot be searched.</summary>
    public abstract string? SearchLabel { get; }

    /// <summary>The work queue the list is of; null for other lists.</summary>
    internal virtual WorkQueue? WorkedOn => null;

    /// <summary>The choices above the list, for the page's form and the API's document.</summary>
    public abstract IReadOnlyList<ListFilter> Choices { get; }

    /// <summary>Fields of a row in the API, each with its heading.</summary>
    public abstract IEnumerable<(string Field, string Label)> Fields { get; }
}

/// <summary>
/// All there is to say about a list, once: its columns, orders, filters and search. The table, the saved views, the file, the print and
/// the API's list are made of it, and no name from an address reaches SQL that does not stand here.
/// </summary>
/// <param name="name"><c>module.list</c>: the saved views are kept under it, and the file is called after its last part. It is never renamed.</param>
/// <param name="caption">What is listed: <c>Specialists</c>. Read out by screen readers, and the heading of the print.</param>
/// <example>
/// <code>
/// internal static readonly ListDefinition&lt;Specialist&gt; List = new("referrals.specialists", "Specialists")
/// {
///     Id = s =&gt; s.Id, Order = "name", Search = new("Name or practice", s =&gt; s.Name, s =&gt; s.Organization),
///     Columns = [new("name", "Name", s =&gt; s.Name) { Sort = s =&gt; s.Name, Main = true }, new("practice", "Practice", s =&gt; s.Organization)],
/// };
/// </code>
/// </example>
public sealed class ListDefinition<T>(string name, string caption) : ListDefinition(name, caption)
{
    private Func<T, Guid>? idOf;

    /// <summary>The row's id: rows that are alike in the order stand by it, bulk acts send it, and the API pages by it.</summary>
    public Expression<Func<T, Guid>>? Id { get; init; }

    public required IReadOnlyList<ListColumn<T>> Columns { get; init; }

    public IReadOnlyList<ListFilter<T>> Filters { get; init; } = [];

    /// <summary>The search box; null for a list that cannot be searched.</summary>
    public ListSearch<T>? Search { get; init; }

    /// <summary>The column it is ordered by when none is asked for, with a leading <c>-</c> for descending; empty when the slice orders its
    /// rows.</summary>
    public string Order { get; init; } = "";

    /// <summary>
    /// The work queue that the list is of: its owners with their counts stand above it, its owner and why-sentence in it, and rows are taken,
    /// given and opened one after the other. <see cref="Id"/> is then the id of the queue's row.
    /// </summary>
    public QueueLines<T>? Queue { get; init; }

    /// <summary>Whom a row shows. Every page, file and print of the list is then in the access log, and a file takes <see
    /// cref="ExportAttribute"/>.</summary>
    public Func<T, IEnumerable<Guid>>? Patients { get; init; }

    public override string? SearchLabel => Search?.Label;

    internal override WorkQueue? WorkedOn => Queue?.Queue;

    public override IReadOnlyList<ListFilter> Choices => Filters;

    public override IEnumerable<(string Field, string Label)> Fields => All.Where(c => !c.PageOnly).Select(c => (c.Field, c.Label));

    private IEnumerable<ListColumn<T>> All => Queue is null ? Columns : Columns.Concat(Queue.Columns);

    internal IEnumerable<ListColumn<T>> For(Actor actor) => All.Where(c => c.Needs is null || actor.Can(c.Needs));

    internal Guid IdOf(T row) =>
        (idOf ??= Id?.Compile()
            ?? throw new InvalidOperationException($"The list {Name} needs an Id: its rows are chosen, or programs page through it."))(row);

    /// <summary>The rows behind the last one that a program has read, in the order of their ids.</summary>
    internal IQueryable<T> After(IQueryable<T> rows, Guid? last)
    {
        var id = Id ?? throw new InvalidOperationException($"The list {Name} needs an Id: programs page through it.");
        if (last is { } seen)
        {
            Expression<Func<Guid, bool>> behind = i => i > seen;
            rows = rows.Where(Expression.Lambda<Func<T, bool>>(Put.In(behind.Body, behind.Parameters[0], id.Body), id.Parameters));
        }

        return rows.OrderBy(id);
    }

    internal string FileName => Name[(Name.LastIndexOf('.') + 1)..];
}
