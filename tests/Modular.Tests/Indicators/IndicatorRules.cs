using Modular.Host.Indicators;
using Modular.Sdk;

namespace Modular.Tests.Indicators;

/// <summary>How figures are put together, without a database.</summary>
public sealed class IndicatorRules
{
    private static readonly DateOnly Today = new(2026, 6, 10);

    private static readonly Indicator Waits = new("a.waits", "Waits", IndicatorShape.Distribution, "a.b.read")
    {
        Definition = "Minutes of waiting.", Edges = [5, 10, 20], Of = "Patients",
    };

    private static readonly Indicator Rate = new("a.rate", "Rate", IndicatorShape.Ratio, "a.b.read")
    {
        Definition = "Part of all.", Part = "Part", Of = "All", First = "Kind",
    };

    private static readonly Indicator Stock = new("a.stock", "Stock", IndicatorShape.Snapshot, "a.b.read") { Definition = "What stands." };

    [Fact]
    public void A_ratio_is_the_parts_added_and_divided_once_so_that_a_large_place_weighs_more()
    {
        var all = new IndicatorTally();
        all.Add(null, 1, 2);
        all.Add(null, 10, 100);

        Assert.Equal(11m / 102m, all.Figure(Rate));
        Assert.Null(new IndicatorTally().Figure(Rate));
    }

    [Fact]
    public void The_median_of_buckets_lies_in_the_bucket_where_the_measurements_have_it()
    {
        decimal[] minutes = [1, 2, 4, 6, 7, 8, 9, 12, 15, 40];
        var days = new IndicatorDays(Today, Today, Here);
        Array.ForEach(minutes, m => days.Add(Waits, Today, m));
        var tally = new IndicatorTally();
        foreach (var fact in days.Facts)
        {
            tally.Add(fact.Bucket, fact.Value, fact.Base);
        }

        Assert.Equal(10, tally.Base);
        Assert.InRange(tally.Percentile(Waits, 0.5m)!.Value, 5, 10);
        Assert.InRange(tally.Percentile(Waits, 0.9m)!.Value, 10, 20);
        Assert.InRange(tally.Percentile(Waits, 1m)!.Value, 40, 60);
        Assert.Null(new IndicatorTally().Percentile(Waits, 0.5m));
    }

    [Fact]
    public void Times_that_overlap_are_read_once_and_no_day_of_them_is_lost()
    {
        var luck = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var ranges = Enumerable.Range(0, luck.Next(1, 6)).Select(_ => Today.AddDays(luck.Next(60))).Select(from => (from, from.AddDays(luck.Next(12)))).ToList();

            var read = IndicatorReader.Joined(ranges).SelectMany(Days).ToList();

            Assert.Equal(ranges.SelectMany(Days).Distinct().Order(), read);
        }

        static IEnumerable<DateOnly> Days((DateOnly From, DateOnly To) range) =>
            Enumerable.Range(0, range.To.DayNumber - range.From.DayNumber).Select(range.From.AddDays);
    }

    [Fact]
    public void A_percentile_never_falls_as_more_of_the_measurements_are_asked_for()
    {
        var luck = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            var tally = new IndicatorTally();
            for (var i = luck.Next(1, 40); i > 0; i--)
            {
                var minutes = (decimal)luck.NextDouble() * 60;
                var days = new IndicatorDays(Today, Today, Here);
                days.Add(Waits, Today, minutes);
                tally.Add(days.Facts[0].Bucket, minutes, 1);
            }

            var asked = Enumerable.Range(1, 10).Select(share => tally.Percentile(Waits, share / 10m)!.Value).ToList();
            Assert.Equal(asked.Order(), asked);
        }
    }

    [Fact]
    public void A_snapshot_is_what_it_was_in_the_end_and_a_sum_is_all_of_it()
    {
        var (first, last) = (new IndicatorTally(), new IndicatorTally());
        first.Add(null, 8, 0);
        last.Add(null, 3, 0);
        IReadOnlyList<IndicatorPoint> points = [new(Today.AddDays(-1), first), new(Today, last)];

        Assert.Equal(3, IndicatorReader.Total(Stock, points).Figure(Stock));
        Assert.Equal(11, IndicatorReader.Total(new("a.sum", "Sum", IndicatorShape.Sum, "a.b.read") { Definition = "All." }, points).Value);
    }

    [Theory]
    [InlineData("month", "2026-05-01", "2026-05-10")]
    [InlineData("last-month", "2026-04-01", "2026-04-30")]
    [InlineData("30d", "2026-04-12", "2026-05-11")]
    [InlineData("quarter", "2026-01-01", "2026-03-10")]
    [InlineData("12m", "2024-07-01", "2025-06-10")]
    public void The_time_before_is_as_long_and_ends_where_this_one_begins_or_at_the_same_day_of_the_month(string period, string from, string to)
    {
        var before = IndicatorSpan.Of(period, Today).Before;

        Assert.Equal((Day(from), Day(to)), (before.From, before.To));
    }

    [Fact]
    public void Of_three_years_every_day_is_read_once_as_part_of_a_month_or_by_itself()
    {
        var span = IndicatorSpan.Typed("01/15/2024", "03/10/2026", Today).Span!;

        var (from, to) = span.Months(Today);

        Assert.Equal((new DateOnly(2024, 2, 1), new DateOnly(2026, 3, 1)), (from, to));
        // The month that runs has no days but those that were counted; a month of days is read as days.
        Assert.Equal((new DateOnly(2025, 7, 1), new DateOnly(2026, 7, 1)), IndicatorSpan.Of("12m", Today).Months(Today));
        Assert.Equal((new DateOnly(2026, 6, 1), new DateOnly(2026, 6, 1)), IndicatorSpan.Of("month", Today).Months(Today));
    }

    [Theory]
    [InlineData("06/01/2026", "05/01/2026", "before the first")]
    [InlineData("01/01/1995", "01/01/2026", "at most 10 years")]
    [InlineData("0001-01-01", "9999-12-31", "not a date")]
    [InlineData("yesterday's; drop table", "", "not a date")]
    [InlineData("01/01/2030", "02/01/2030", "have not come")]
    public void Days_that_make_no_sense_are_refused_in_a_sentence(string from, string to, string sentence)
    {
        var (span, fault) = IndicatorSpan.Typed(from, to, Today);

        Assert.Null(span);
        Assert.Contains(sentence, fault, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_target_of_a_month_is_twelve_of_a_year_and_half_of_half_a_month()
    {
        Assert.Equal(12, IndicatorSpan.Periods(IndicatorPeriod.Month, new(2026, 1, 1), new(2026, 12, 31)));
        Assert.Equal(0.5m, IndicatorSpan.Periods(IndicatorPeriod.Month, new(2026, 6, 1), new(2026, 6, 15)));
        Assert.Equal(4, IndicatorSpan.Periods(IndicatorPeriod.Quarter, new(2026, 1, 1), new(2026, 12, 31)));
    }

    [Fact]
    public void What_an_indicator_does_not_have_cannot_be_counted_of_it()
    {
        var days = new IndicatorDays(Today, Today, Here);

        Assert.Throws<ArgumentException>(() => days.Add(Rate, Today.AddDays(1), 1, 1));
        Assert.Throws<ArgumentException>(() => days.Add(Stock, Today, 1, of: 2));
        Assert.Throws<ArgumentException>(() => days.Add(Rate, Today, 1, 1, provider: Guid.NewGuid()));
        Assert.Throws<ArgumentException>(() => days.Add(Stock, Today, 1, first: "A"));
        Assert.Throws<ArgumentException>(() => new IndicatorDays(Today, Today.AddDays(-1), Here));
        days.Add(Rate, Today, 1, 1, first: "  Odd\0 \u202e<b>' ; -- " + new string('x', 500));
        Assert.Equal(IndicatorDays.LongestText, days.Facts[0].First!.Length);
        Assert.DoesNotContain('\0', days.Facts[0].First!);
    }

    [Theory]
    [InlineData("b.rate", "must be named a.something")]
    [InlineData("a.Rate Of All", "must be named a.something")]
    public void An_indicator_is_named_after_its_module(string key, string fault)
    {
        var builder = new ModuleBuilder(new("a", "A", "1.0", "1.0", "A.dll"));
        var strange = new Indicator(key, "Rate", IndicatorShape.Sum, "a.b.read") { Definition = "All." };

        Assert.Contains(fault, Assert.Throws<ArgumentException>(() => builder.Indicators<NoSource>(strange)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => builder.Indicators<NoSource>(
            new Indicator("a.parts", "Parts", IndicatorShape.Ratio, "a.b.read") { Definition = "No names." }));
        Assert.Throws<ArgumentException>(() => builder.Indicators<NoSource>(
            new Indicator("a.edges", "Edges", IndicatorShape.Distribution, "a.b.read") { Definition = "Falling.", Edges = [5, 3] }));
    }

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Location Here { get; } = new(Guid.NewGuid(), "Here", "America/New_York", true);

    private sealed class NoSource : IIndicatorSource
    {
        public Task CountAsync(IndicatorDays days, CancellationToken ct) => Task.CompletedTask;

        public Task<DateOnly?> FirstDayAsync(CancellationToken ct) => Task.FromResult<DateOnly?>(null);
    }
}
