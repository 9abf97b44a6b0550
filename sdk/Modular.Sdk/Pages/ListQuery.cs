using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>What a list page takes from its address: page, order and search text. Everything else a list filters by is its own parameter.</summary>
public sealed class ListQuery
{
    public const int PageSize = 50;

    [FromQuery(Name = "q")]
    public string? Text { get; set; }

    /// <summary>1-based.</summary>
    [FromQuery(Name = "page")]
    public int Page { get; set; } = 1;

    /// <summary>A column name of the list's <see cref="SortColumns{T}"/>, with a leading <c>-</c> for descending; anything else is ignored.</summary>
    [FromQuery(Name = "sort")]
    public string? Sort { get; set; }

    public int Skip => (Math.Clamp(Page, 1, 100_000) - 1) * PageSize;
}

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

    /// <summary>The order in force, with a leading <c>-</c> for descending.</summary>
    public string? SortedBy { get; init; }

    /// <summary>The orders that headings may offer.</summary>
    public IReadOnlyCollection<string> SortNames { get; init; } = [];
}

/// <summary>One page of a list.</summary>
public sealed record ListPage<T>(IReadOnlyList<T> Rows, int Total, ListQuery Query) : ListPage(Rows.Count, Total, Query);

/// <summary>The orders a list allows: no name from the address ever reaches SQL.</summary>
public sealed class SortColumns<T> : Dictionary<string, System.Linq.Expressions.Expression<Func<T, object?>>>
{
    /// <summary>The asked order if it is one of these, else <paramref name="otherwise"/>.</summary>
    public string Allowed(string? sort, string otherwise) => sort is { Length: > 1 } && ContainsKey(sort[0] == '-' ? sort[1..] : sort) ? sort : otherwise;

    /// <summary>Orders by the asked column, or by <paramref name="otherwise"/>.</summary>
    public IOrderedQueryable<T> Apply(IQueryable<T> rows, string? sort, string otherwise)
    {
        var asked = Allowed(sort, otherwise);
        var descending = asked[0] == '-';
        var column = this[descending ? asked[1..] : asked];
        return descending ? rows.OrderByDescending(column) : rows.OrderBy(column);
    }
}

public static class ListQueryExtensions
{
    public static async Task<ListPage<T>> PageAsync<T>(this IQueryable<T> rows, ListQuery query, CancellationToken ct)
    {
        var total = await rows.CountAsync(ct);
        return new(await rows.Skip(query.Skip).Take(ListQuery.PageSize).ToListAsync(ct), total, query);
    }

    /// <summary>
    /// A page of a list that grows without end and is asked for at every key: rows are counted only when there is another page,
    /// and no further than <paramref name="most"/> or the next page. Says so with <see cref="ListPage.AtLeast"/>.
    /// </summary>
    /// <param name="matching">The same rows in no order, which is all that counting needs.</param>
    public static async Task<ListPage<T>> BoundedPageAsync<T>(this IQueryable<T> rows, IQueryable<T> matching, ListQuery query, int most, CancellationToken ct)
    {
        var shown = await rows.Skip(query.Skip).Take(ListQuery.PageSize + 1).ToListAsync(ct);
        if (shown.Count <= ListQuery.PageSize && (shown.Count > 0 || query.Skip == 0))
        {
            return new(shown, query.Skip + shown.Count, query);
        }

        var bound = Math.Max(most, query.Skip + (2 * ListQuery.PageSize));
        var total = await matching.Take(bound + 1).CountAsync(ct);
        return new(shown.Count > ListQuery.PageSize ? shown[..ListQuery.PageSize] : shown, Math.Min(total, bound), query) { AtLeast = total > bound };
    }

    /// <summary>The page in the asked order; its headings may offer every column of <paramref name="columns"/>.</summary>
    /// <param name="otherwise">The order when none or an unknown one is asked for.</param>
    public static async Task<ListPage<T>> PageAsync<T>(this IQueryable<T> rows, ListQuery query, SortColumns<T> columns, string otherwise, CancellationToken ct)
    {
        var page = await columns.Apply(rows, query.Sort, otherwise).PageAsync(query, ct);
        return page with { SortedBy = columns.Allowed(query.Sort, otherwise), SortNames = [.. columns.Keys] };
    }
}
