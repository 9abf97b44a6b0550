using System.Linq.Expressions;

namespace Modular.Sdk;

/// <summary>One column of a list: its heading and cell on the page and on paper, its cell in the file, its field in the API, its order.</summary>
/// <param name="name">As it stands in the address (<c>?sort=name</c>) and as a field of the API; lower case, words joined by hyphens. It is
/// never renamed.</param>
/// <param name="label">Its heading, on the page and in the file.</param>
/// <param name="value">
/// What it says of a row. Texts are shown as they are, numbers with separators, dates as 11/23/2026, instants on the wall of the
/// list's place, true as Yes and false as nothing.
/// </param>
/// <example><code>new("name", "Name", s =&gt; s.Name) { Sort = s =&gt; s.Name, Main = true, Href = s =&gt;
/// $"/referrals/specialists/edit/{s.Id}", Drawer = true }</code></example>
public sealed class ListColumn<T>(string name, string label, Func<T, ListAsk, object?> value)
{
    /// <summary>A column that says the same to whoever asks, whenever.</summary>
    public ListColumn(string name, string label, Func<T, object?> value)
        : this(name, label, (row, _) => value(row))
    {
    }

    public string Name { get; } = name;

    public string Label { get; } = label;

    public Func<T, ListAsk, object?> Value { get; } = value;

    /// <summary>What the list is ordered by when this heading is chosen; it becomes SQL. Without it the list cannot be ordered by the
    /// column.</summary>
    public Expression<Func<T, object?>>? Sort { get; init; }

    /// <summary>The column that names the row; one of a list.</summary>
    public bool Main { get; init; }

    /// <summary>Where the cell leads; null for a cell that leads nowhere.</summary>
    public Func<T, string?>? Href { get; init; }

    /// <summary>The permission the link takes; without it the cell is plain text.</summary>
    public string? HrefNeeds { get; init; }

    /// <summary>The link opens beside the list.</summary>
    public bool Drawer { get; init; }

    /// <summary>Tags after the value. In the file they stand for a value that there is none of.</summary>
    public Func<T, IEnumerable<Mark>>? Marks { get; init; }

    /// <summary>Who sees the column at all, on the page, in the file and as an order; null for whoever sees the list.</summary>
    public string? Needs { get; init; }

    /// <summary>Aligned at the right: numbers and amounts.</summary>
    public bool Right { get; init; }

    /// <summary>1 is left out on a tablet, 2 on anything but a wide window; 0 is always there.</summary>
    public int Optional { get; init; }

    /// <summary>Classes of the theme for its cells: <c>num nowrap</c>.</summary>
    public string? Class { get; init; }

    /// <summary>A date is said as Today or Nov 30 instead of 11/30/2026, an instant without its time.</summary>
    public bool ByDay { get; init; }

    /// <summary>In the file and the API alone: the page has no room for it.</summary>
    public bool FileOnly { get; init; }

    /// <summary>On the page alone: what other modules put into the list, which they tell for a page and not for a file.</summary>
    public bool PageOnly { get; init; }

    /// <summary>What the file and the API have instead of <see cref="Value"/>.</summary>
    public Func<T, object?>? File { get; init; }

    /// <summary>As a field of JSON: <c>payer-id</c> is <c>payerId</c>.</summary>
    internal string Field => string.Concat(Name.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    internal object? InFile(T row, ListAsk ask)
    {
        var value = File is null ? Value(row, ask) : File(row);
        return value is null or "" && File is null && Marks is not null ? string.Join(", ", Marks(row).Select(m => m.Text)) : value;
    }
}
