using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

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

    /// <summary>A column of the list that has a <see cref="ListColumn{T}.Sort"/>, with a leading <c>-</c> for descending; anything else is
    /// refused.</summary>
    [FromQuery(Name = "sort")]
    public string? Sort { get; set; }

    public int Skip => (Math.Clamp(Page, 1, 100_000) - 1) * PageSize;
}

public static class ListQueryExtensions
{
    /// <summary>One page of the rows, and how many there are. Rows that are no query are counted where they are.</summary>
    public static async Task<ListPage<T>> PageAsync<T>(this IQueryable<T> rows, ListQuery query, CancellationToken ct)
    {
        var page = rows.Skip(query.Skip).Take(ListQuery.PageSize);
        return rows.Provider is IAsyncQueryProvider ? new(await page.ToListAsync(ct), await rows.CountAsync(ct), query)
            : new([.. page], rows.Count(), query);
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
}
