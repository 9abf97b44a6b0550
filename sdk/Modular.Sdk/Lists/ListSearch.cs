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

/// <summary>What a person typed, for <c>EF.Functions.ILike(name, LikePattern.Containing(text), LikePattern.Escape)</c>: their % and _ are
/// letters.</summary>
public static class LikePattern
{
    public const string Escape = "\\";

    public static string Containing(string text) => $"%{Escaped(text)}%";

    public static string Beginning(string text) => $"{Escaped(text)}%";

    private static string Escaped(string text) => text.Replace(Escape, Escape + Escape, StringComparison.Ordinal)
        .Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal);
}

/// <summary>One expression in the place of another: what is declared by column becomes one condition.</summary>
internal sealed class Put : ExpressionVisitor
{
    private readonly Expression from;
    private readonly Expression to;

    private Put(Expression from, Expression to) => (this.from, this.to) = (from, to);

    public static Expression In(Expression whole, Expression from, Expression to) => new Put(from, to).Visit(whole)!;

    public override Expression? Visit(Expression? node) => node == from ? to : base.Visit(node);
}
