using Microsoft.AspNetCore.Html;

namespace Modular.Sdk;

/// <summary>One page of a list, whatever its rows.</summary>
/// <param name="Shown">Rows on this page.</param>
/// <param name="Total">Rows of the whole list.</param>
public abstract record ListPage(int Shown, int Total, ListQuery Query)
{
    public int Number => Math.Clamp(Query.Page, 1, 100_000);
    public int From => Shown == 0 ? 0 : Query.Skip + 1;
    public int To => Query.Skip + Shown;
    public bool HasNext => To < Total;

    /// <summary>True when more rows match than were counted: <see cref="Total"/> of them at least.</summary>
    public bool AtLeast { get; init; }

    /// <summary>How many rows the list has, as it is said: <c>1,204</c>, or <c>200+</c> where nobody counted on.</summary>
    public string SaidTotal => Said.Count(Total) + (AtLeast ? "+" : "");
    public bool HasPrevious => Number > 1;

    /// <summary>Of a work queue: whose rows there are, whatever owner is chosen.</summary>
    public IReadOnlyList<OwnerCount>? Owners { get; init; }

    internal abstract ListRequest Asked { get; }

    /// <summary>Which row <see cref="ListPage{T}.Row"/> is, while the parts of a view that stand in each row are written.</summary>
    internal int Current { get; set; }

    internal abstract IHtmlContent Table(IPageParts parts, ListParts list);
}

/// <summary>One page of a list.</summary>
public sealed record ListPage<T>(IReadOnlyList<T> Rows, int Total, ListQuery Query) : ListPage(Rows.Count, Total, Query)
{
    /// <summary>What was asked for; a list that is shown by <c>list-table</c> has it.</summary>
    public ListRequest<T>? Request { get; init; }

    /// <summary>The row that is being written, inside <c>list-cell</c> and <c>row-acts</c>.</summary>
    public T Row => Rows[Current];

    internal override ListRequest Asked => Request
        ?? throw new InvalidOperationException("This page of a list has no Request: answer it with ListAsync, or set it.");

    internal override IHtmlContent Table(IPageParts parts, ListParts list) => new ListTable<T>(this, parts, list).Render();
}
