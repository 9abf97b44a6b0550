using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <param name="Starts">First day of the point: a day, a Monday, the first of a month.</param>
public sealed record IndicatorPoint(DateOnly Starts, IndicatorTally Tally);

/// <param name="Value">Id of a place, provider or entity, or the value of a dimension; null for what has none.</param>
public sealed record IndicatorPart(string? Value, IndicatorTally Tally);

/// <summary>An indicator as somebody asked for it: all that the tile, the trend and the table say.</summary>
/// <param name="YearBeforePoints">The same points of the year before.</param>
/// <param name="PeriodTarget">As it was set: of a sum for one of its periods.</param>
/// <param name="CountedTo">The last day that was counted; null when none was.</param>
public sealed record IndicatorReading(
    Indicator Of, IndicatorAsk Ask, IReadOnlyList<IndicatorPoint> Points, IndicatorTally Before, IndicatorTally YearBefore,
    IReadOnlyList<IndicatorPoint> YearBeforePoints, IReadOnlyList<IndicatorPart> Parts, decimal? PeriodTarget, DateOnly? CountedTo)
{
    public IndicatorTally Total { get; } = IndicatorReader.Total(Of, Points);

    public decimal? Figure => Total.Figure(Of);

    /// <summary>For the time that is shown.</summary>
    public decimal? Target => TargetOf(Ask.Span.From, Ask.Span.To);

    public string Link => $"/indicators/{Of.Key}?{Query}";

    /// <summary>The list behind the figure, in the module.</summary>
    public string? Behind => Of.Link?.Invoke(new(Ask.Span.From, Ask.Span.To, Ask.Location, Ask.Provider));

    /// <summary>Of the page's address: what the tile was asked for.</summary>
    private string Query =>
        (Ask.Span.Period.Length > 0 ? $"period={Ask.Span.Period}" : $"from={Ask.Span.From:yyyy-MM-dd}&to={Ask.Span.To:yyyy-MM-dd}")
        + (Ask.Location is { } place ? $"&location={place}" : "");

    public decimal? TargetOf(DateOnly from, DateOnly to) => PeriodTarget is not { } target ? null
        : Of.Shape == IndicatorShape.Sum ? Math.Round(target * IndicatorSpan.Periods(Of.Period, from, to), 1) : target;

    /// <summary>Reached or missed; empty where there is nothing to reach or nothing was counted.</summary>
    public string Tone => Figure is not { } figure || Target is not { } target ? "" : IsReached(figure, target) ? "ok" : "warn";

    public bool IsReached(decimal figure, decimal target) => Of.Better == IndicatorDirection.Up ? figure >= target : figure <= target;

    /// <summary>Better, worse or the same as it was, for colour and for the words that say it without.</summary>
    public string Against(IndicatorTally earlier) => (Figure, earlier.Figure(Of)) switch
    {
        (null, _) or (_, null) => "",
        var (now, then) when now == then => "same",
        var (now, then) => now > then == (Of.Better == IndicatorDirection.Up) ? "better" : "worse",
    };

    /// <summary>The rows of the table and of the file.</summary>
    public IReadOnlyList<IndicatorRow> Rows() =>
    [
        .. Points.Select(p =>
        {
            var year = YearBeforePoints.FirstOrDefault(b => b.Starts == YearBack(p.Starts));
            return new IndicatorRow(p.Starts, Ask.Span.Label(p.Starts), Of, p.Tally, TargetOf(p.Starts, Ask.Span.EndOf(p.Starts)), year?.Tally)
            {
                Link = Of.Link?.Invoke(new(p.Starts, Ask.Span.EndOf(p.Starts), Ask.Location, Ask.Provider)),
            };
        }),
    ];

    /// <summary>A Monday of the year before is 52 weeks back.</summary>
    private DateOnly YearBack(DateOnly starts) => Ask.Span.Grain == "week" ? starts.AddDays(-364) : starts.AddYears(-1);
}

/// <summary>One line of the table: a point in time, or a part of the whole.</summary>
public sealed record IndicatorRow(DateOnly Starts, string Label, Indicator Of, IndicatorTally Tally, decimal? Target, IndicatorTally? YearBefore)
{
    public string? Link { get; init; }

    public decimal? Figure => Tally.Figure(Of);
}
