using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;

namespace Modular.Sdk;

/// <summary>A list as an address asks for it: filters in force, order, format, or why it is refused.</summary>
public abstract class ListRequest
{
    private protected ListRequest(ListDefinition list, HttpContext http, ListQuery query, bool program)
    {
        (Definition, Query, Ask) = (list, query, ListAsk.Of(http, program));
        Format = program ? ListFormat.Page : ListFormats.Of(http.Request);
    }

    public ListQuery Query { get; }

    public ListAsk Ask { get; }

    public ListFormat Format { get; }

    /// <summary>Why the address asks for what the list does not have, in a sentence; null when it can be answered.</summary>
    public string? Refusal { get; private protected init; }

    /// <summary>The order in force, with a leading <c>-</c> for descending; empty for the slice's own.</summary>
    public string SortedBy { get; private protected init; } = "";

    /// <summary>The value in force of a filter.</summary>
    public string this[string filter] => InForce[filter];

    internal ListDefinition Definition { get; }

    private protected Dictionary<string, string> InForce { get; } = [];
}

/// <summary>A list as an address asks for it, with its rows.</summary>
public sealed class ListRequest<T> : ListRequest
{
    /// <summary>Names that any page's address may have: a kept form, a PDF of the print.</summary>
    private static readonly string[] OfPages = ["page", "sort", ListFormats.Key, "kept", "pdf"];
    private static readonly string[] OfPrograms = ["limit", "cursor"];

    internal ListRequest(ListDefinition<T> list, HttpContext http, ListQuery query, bool program = false)
        : base(list, http, query, program)
    {
        List = list;
        Columns = [.. list.For(Ask.Actor)];
        var address = http.Request.Query;
        foreach (var filter in list.Filters)
        {
            var typed = address[filter.Name].ToString();
            Refusal ??= typed.Length > 0 && !filter.Choices.ContainsKey(typed) ? $"{filter.Label}: this list has no “{typed}”." : null;
            InForce[filter.Name] = filter.InForce(typed, Ask);
        }

        if (list.Queue is not null)
        {
            var whose = address[QueueLines<T>.OwnerName].ToString();
            Refusal ??= whose.Length > 0 && !QueueLines<T>.Knows(whose) ? $"Owner: this list has no “{whose}”." : null;
            InForce[QueueLines<T>.OwnerName] = whose;
        }

        var known = (program ? OfPrograms : OfPages).Concat(list.Search is null ? [] : ["q"]).Concat(list.Also).Concat(list.Filters.Select(f => f.Name))
            .Concat(list.Queue is null ? [] : [QueueLines<T>.OwnerName])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        Refusal ??= address.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown ? $"This list cannot be filtered by “{unknown}”."
            : null;
        Refusal ??= Format == ListFormat.Unknown ? $"This list is no “{address[ListFormats.Key]}”." : null;
        SortedBy = string.IsNullOrEmpty(query.Sort) ? list.Order : query.Sort;
        Refusal ??= !string.IsNullOrEmpty(query.Sort) && SortOf(query.Sort) is null ? $"This list cannot be ordered by “{query.Sort}”." : null;
    }

    public ListDefinition<T> List { get; }

    internal IReadOnlyList<ListColumn<T>> Columns { get; }

    /// <summary>The rows that the filters and the search leave.</summary>
    public IQueryable<T> Filtered(IQueryable<T> rows) =>
        List.Queue?.Apply(OfAnyOwner(rows), this[QueueLines<T>.OwnerName], Ask) ?? OfAnyOwner(rows);

    /// <summary>What the owners of a work queue are counted of.</summary>
    internal IQueryable<T> OfAnyOwner(IQueryable<T> rows) =>
        List.Filters.Aggregate(List.Search?.Apply(rows, Query.Text) ?? rows, (left, filter) => filter.Apply(left, InForce[filter.Name], Ask));

    /// <summary>All that narrows the list, as one text: the question that a cursor belongs to.</summary>
    internal string Question => string.Join('&', InForce.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}")
        .Append(Query.Text));

    /// <summary>The rows in the order in force, those alike by their id; in the slice's own order when there is none.</summary>
    public IQueryable<T> Ordered(IQueryable<T> rows)
    {
        if (SortOf(SortedBy) is not { } sort)
        {
            return rows;
        }

        var ordered = SortedBy[0] == '-' ? rows.OrderByDescending(sort) : rows.OrderBy(sort);
        return List.Id is { } id ? ordered.ThenBy(id) : ordered;
    }

    private Expression<Func<T, object?>>? SortOf(string by) =>
        Columns.FirstOrDefault(c => c.Sort is not null && c.Name == (by.StartsWith('-') ? by[1..] : by))?.Sort;
}
