using Modular.Host.Indicators;
using Modular.Sdk;

namespace Modular.Host.Components;

/// <summary>Indicators as their component shows them: below its target, above it, and not counted yet.</summary>
public static class SampleIndicators
{
    private static readonly Indicator Missed = new("core.sample-missed", "Missed visits", IndicatorShape.Ratio, "core.practice.manage")
    {
        Definition = "Sample", Part = "Missed visits", Of = "Visits due", Better = IndicatorDirection.Down,
    };

    private static readonly Indicator Waits = new("core.sample-waits", "Minutes of waiting", IndicatorShape.Distribution, "core.practice.manage")
    {
        Definition = "Sample", Of = "Patients", Edges = [5, 10, 15, 20, 30], Better = IndicatorDirection.Down, Link = _ => "/admin/components",
    };

    private static readonly Indicator New = new("core.sample-new", "New patients", IndicatorShape.Sum, "core.practice.manage")
    {
        Definition = "Sample",
    };

    public static IEnumerable<IndicatorReading> All(DateOnly today)
    {
        var ask = new IndicatorAsk(IndicatorSpan.Of("12m", today));
        var months = Enumerable.Range(0, 12).Select(i => ask.Span.From.AddMonths(i)).ToList();
        var missed = months.Select((m, i) => new IndicatorPoint(m, Tally(null, 30 - i, 400))).ToList();
        var waits = months.Select((m, i) => new IndicatorPoint(m, Tally(i % 4, 40 + (9 * i), 6))).ToList();
        yield return new(Missed, ask, missed, Tally(null, 380, 4_700), Tally(null, 250, 4_400), [], [], 0.07m, today);
        yield return new(Waits, ask, waits, Tally(2, 900, 70), new(), [], [], 10m, today);
        yield return new(New, ask, [], new(), new(), [], [], null, null);
    }

    private static IndicatorTally Tally(int? bucket, decimal value, decimal of)
    {
        var tally = new IndicatorTally();
        tally.Add(bucket, value, of);
        return tally;
    }
}
