using System.Linq.Expressions;

namespace Modular.Sdk;

/// <summary>A choice above a list, whose values are the only ones an address may have.</summary>
public abstract class ListFilter(string name, string label, IReadOnlyDictionary<string, string> choices)
{
    /// <summary>As it stands in the address.</summary>
    public string Name { get; } = name;

    /// <summary>What is chosen, for screen readers and in refusals: <c>Urgency</c>.</summary>
    public string Label { get; } = label;

    /// <summary>Value in the address and words on the page; the first is in force when the address has none.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; } = choices;

    /// <summary>What is in force when the address has none, instead of the first choice: the person's own team.</summary>
    public Func<ListAsk, string>? Default { get; init; }

    internal string InForce(string typed, ListAsk ask) => typed.Length > 0 ? typed : Default?.Invoke(ask) ?? Choices.Keys.FirstOrDefault("");

    internal static IReadOnlyDictionary<string, string> With(string any, IReadOnlyDictionary<string, string> choices) =>
        new Dictionary<string, string> { [""] = any }.Concat(choices).ToDictionary(c => c.Key, c => c.Value);
}

/// <summary>A choice above a list and the rows it leaves.</summary>
/// <param name="choices">Value in the address and words on the page; the first is in force when the address has none.</param>
/// <param name="when">The rows of a value, as SQL; null leaves all. It is asked for values of <paramref name="choices"/> and for nothing
/// else.</param>
/// <example><code>new("done", "Which requests", new Dictionary&lt;string, string&gt; { ["false"] = "Open", ["true"] = "Done" }, (v, _) =&gt; r
/// =&gt; (r.DoneOn != null) == (v == "true"))</code></example>
public sealed class ListFilter<T>(string name, string label, IReadOnlyDictionary<string, string> choices, Func<string, ListAsk, Expression<Func<T,
    bool>>?> when)
    : ListFilter(name, label, choices)
{
    /// <summary>A choice among values of a column, with one before them that leaves all rows.</summary>
    /// <param name="any">The words of that one: <c>Any urgency</c>.</param>
    /// <param name="when">The rows of a value, as SQL.</param>
    public ListFilter(string name, string label, string any, IReadOnlyDictionary<string, string> choices, Func<string, Expression<Func<T,
        bool>>> when)
        : this(name, label, With(any, choices), (value, _) => value.Length == 0 ? null : when(value))
    {
    }

    internal IQueryable<T> Apply(IQueryable<T> rows, string value, ListAsk ask) => when(value, ask) is { } condition ? rows.Where(condition) : rows;
}
