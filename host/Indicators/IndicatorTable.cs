using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>The table of one indicator, as a declared list: page, file and print have the same columns.</summary>
public static class IndicatorTable
{
    /// <param name="by">What its rows are, when they are no points in time.</param>
    public static ListDefinition<IndicatorRow> Of(Indicator of, string? by) =>
        new("core.indicator", by is null ? of.Title : $"{of.Title} by {by.ToLowerInvariant()}")
        {
            Also = ["period", "from", "to", "location", "provider", "first", "by"],
            Columns =
        [
            by is null
                ? new("time", "Time", r => r.Label) { Sort = r => r.Starts, Main = true, Href = r => r.Link }
                : new("time", by, r => r.Label) { Sort = r => r.Label, Main = true },
            new("figure", of.Shape == IndicatorShape.Distribution ? "Median" : of.Title, r => IndicatorWords.Figure(of, r.Figure))
            {
                Right = true, Sort = r => r.Figure, File = r => IndicatorWords.Raw(of, r.Figure),
            },
            .. Parts(of),
            .. by is null
                ? new ListColumn<IndicatorRow>[]
                {
                    new("before", "A year before", r => IndicatorWords.Figure(of, r.YearBefore?.Figure(of)))
                    {
                        Right = true, Optional = 1, File = r => IndicatorWords.Raw(of, r.YearBefore?.Figure(of)),
                    },
                    new("target", "Target", r => r.Target is null ? "" : IndicatorWords.Figure(of, r.Target))
                    {
                        Right = true, File = r => IndicatorWords.Raw(of, r.Target),
                    },
                }
                : [],
            new("starts", "First day", r => r.Starts) { FileOnly = true },
            new("unit", "Unit", _ => IndicatorWords.Unit(of)) { FileOnly = true },
        ],
        };

    private static IEnumerable<ListColumn<IndicatorRow>> Parts(Indicator of)
    {
        if (of.Shape == IndicatorShape.Ratio)
        {
            yield return new("part", of.Part, r => IndicatorWords.Number(r.Tally.Value)) { Right = true, Optional = 1, File = r => r.Tally.Value };
            yield return new("of", of.Of, r => IndicatorWords.Number(r.Tally.Base)) { Right = true, Optional = 1, File = r => r.Tally.Base };
        }
        else if (of.Shape == IndicatorShape.Distribution)
        {
            yield return new("p90", "90th percentile", r => IndicatorWords.Figure(of, r.Tally.Percentile(of, 0.9m)))
            {
                Right = true, File = r => IndicatorWords.Raw(of, r.Tally.Percentile(of, 0.9m)),
            };
            yield return new("measured", of.Of.Length > 0 ? of.Of : "Measured", r => IndicatorWords.Number(r.Tally.Base))
            {
                Right = true, Optional = 1, File = r => r.Tally.Base,
            };
        }
    }
}
