using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>The search box above a list: <c>?q=</c>.</summary>
/// <param name="label">What is searched: <c>Name, practice or specialty</c>.</param>
/// <param name="texts">Columns that may hold the typed text, capitals or not; none when <see cref="When"/> says it or the slice searches by
/// itself.</param>
/// <example><code>Search = new("Name, practice or specialty", s =&gt; s.Name, s =&gt; s.Organization, s =&gt; s.Specialty)</code></example>
public sealed class ListSearch<T>(string label, params Expression<Func<T, string?>>[] texts)
{
    public string Label { get; } = label;

    /// <summary>The rows that have the typed text, as SQL.</summary>
    public Func<string, Expression<Func<T, bool>>>? When { get; init; }

    internal IQueryable<T> Apply(IQueryable<T> rows, string? typed) => typed?.Trim() is not { Length: > 0 } text ? rows
        : When is not null ? rows.Where(When(text))
        : texts.Length == 0 ? rows
        : rows.Where(Any(text));

    private Expression<Func<T, bool>> Any(string text)
    {
        var pattern = LikePattern.Containing(text);
        Expression<Func<string?, bool>> has = t => EF.Functions.ILike(t!, pattern, LikePattern.Escape);
        var row = Expression.Parameter(typeof(T), "row");
        var any = texts.Select(t => Put.In(has.Body, has.Parameters[0], Put.In(t.Body, t.Parameters[0], row))).Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<T, bool>>(any, row);
    }
}
