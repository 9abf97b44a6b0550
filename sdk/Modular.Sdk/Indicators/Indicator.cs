using System.Text.RegularExpressions;

namespace Modular.Sdk;

/// <summary>
/// A figure by which a practice is led, declared once: what it counts, in which unit, which way is better, who may read it. The host keeps it
/// day by day and place by place, and shows it as a tile, a trend and a table.
/// </summary>
/// <param name="key"><c>module.name</c>; never renamed: the days that were counted stand under it.</param>
/// <param name="title">What pages call it: "No-show rate".</param>
/// <param name="shape">How days and places are put together.</param>
/// <param name="permission">Who may read it.</param>
/// <example><code>
/// public static readonly Indicator NoShows = new("scheduling.no-shows", "No-show rate", IndicatorShape.Ratio, SchedulingPermissions.Read)
/// {
///     Definition = "Visits to which the patient did not come, of all visits whose time is over and that were not canceled.",
///     Part = "Missed visits", Of = "Visits due", Better = IndicatorDirection.Down, First = "Type of visit",
/// };
/// </code></example>
public sealed partial class Indicator(string key, string title, IndicatorShape shape, string permission)
{
    public string Key { get; } = key;

    public string Title { get; } = title;

    public IndicatorShape Shape { get; } = shape;

    public string Permission { get; } = permission;

    /// <summary>What is counted and what is not, in plain words that a person of the office understands.</summary>
    public required string Definition { get; init; }

    /// <summary>Of the figure; a ratio is a share unless it says otherwise.</summary>
    public IndicatorUnit Unit { get; init; } = shape switch
    {
        IndicatorShape.Ratio => IndicatorUnit.Share,
        IndicatorShape.Distribution => IndicatorUnit.Minutes,
        _ => IndicatorUnit.Count,
    };

    /// <summary>The time for which a sum is usually told, and to which its target belongs; the other shapes are the same for any time.</summary>
    public IndicatorPeriod Period { get; init; } = IndicatorPeriod.Month;

    public IndicatorDirection Better { get; init; } = IndicatorDirection.Up;

    /// <summary>Of a ratio: what its upper part is called, "Missed visits".</summary>
    public string Part { get; init; } = "";

    /// <summary>Of a ratio: what its lower part is called, "Visits due". Of a distribution: what is measured, "Patients roomed".</summary>
    public string Of { get; init; } = "";

    /// <summary>Of a distribution: the upper bounds of its buckets but the last, which is open; rising, at most 30.</summary>
    public IReadOnlyList<decimal> Edges { get; init; } = [];

    /// <summary>What its first dimension is called: "Type of visit"; null when it has none.</summary>
    public string? First { get; init; }

    /// <summary>What its second dimension is called; null when it has none.</summary>
    public string? Second { get; init; }

    /// <summary>True when it is counted for each provider.</summary>
    public bool ByProvider { get; init; }

    /// <summary>Counted for the practice as a whole, not place by place; whoever has the permission reads it.</summary>
    public bool PracticeWide { get; init; }

    /// <summary>
    /// Whether a day that is over can be counted (again). A snapshot usually cannot: what stood open on a day of last year is not known any
    /// more. It is then counted on its own day alone, and stays.
    /// </summary>
    public bool CountsPast { get; init; } = shape != IndicatorShape.Snapshot;

    /// <summary>The list behind the figure; null when there is none.</summary>
    public Func<IndicatorPlace, string>? Link { get; init; }

    /// <summary>Why it cannot be declared, to end a sentence with; null when it can.</summary>
    internal string? Fault(string module) =>
        !Key.StartsWith(module + ".", StringComparison.Ordinal) || !Name().IsMatch(Key) ? $"must be named {module}.something"
        : Title.Length is 0 or > 60 || Definition.Length is 0 or > 500 ? "needs a title of up to 60 letters and a definition of up to 500"
        : Shape == IndicatorShape.Ratio && (Part.Length == 0 || Of.Length == 0) ? "is a ratio and needs names for both of its parts"
        : Shape == IndicatorShape.Distribution && (Edges.Count is 0 or > 30 || Edges.Zip(Edges.Skip(1)).Any(e => e.First >= e.Second))
            ? "is a distribution and needs 1 to 30 edges that rise"
        : First is null && Second is not null ? "has a second dimension and no first"
        : null;

    /// <summary>The bucket of a distribution into which a value falls: the last one is open.</summary>
    internal int BucketOf(decimal value) => Edges.Count(edge => edge < value);

    [GeneratedRegex(@"^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$")]
    private static partial Regex Name();
}

/// <summary>Where a figure leads: the days, and the place and provider it was narrowed to.</summary>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
public sealed record IndicatorPlace(DateOnly From, DateOnly To, Guid? LocationId, Guid? ProviderId);
