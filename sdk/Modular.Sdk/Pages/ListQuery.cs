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

/// <summary>One page of a list.</summary>
public sealed record ListPage<T>(IReadOnlyList<T> Rows, int Total, ListQuery Query)
{
    public int From => Rows.Count == 0 ? 0 : Query.Skip + 1;
    public int To => Query.Skip + Rows.Count;
    public bool HasNext => To < Total;
    public bool HasPrevious => Query.Page > 1;
}

/// <summary>The orders a list allows: no name from the address ever reaches SQL.</summary>
public sealed class SortColumns<T> : Dictionary<string, System.Linq.Expressions.Expression<Func<T, object?>>>
{
    /// <summary>Orders by the asked column, or by <paramref name="otherwise"/>.</summary>
    public IOrderedQueryable<T> Apply(IQueryable<T> rows, string? sort, string otherwise)
    {
        var asked = sort?.TrimStart('-') is { } name && ContainsKey(name) ? sort : otherwise;
        var column = this[asked.TrimStart('-')];
        return asked.StartsWith('-') ? rows.OrderByDescending(column) : rows.OrderBy(column);
    }
}

public static class ListQueryExtensions
{
    public static async Task<ListPage<T>> PageAsync<T>(this IQueryable<T> rows, ListQuery query, CancellationToken ct)
    {
        var total = await rows.CountAsync(ct);
        return new(await rows.Skip(query.Skip).Take(ListQuery.PageSize).ToListAsync(ct), total, query);
    }
}
