using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Indicators;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Frame;
using Modular.Tests.Harness;

namespace Modular.Tests.Indicators;

/// <summary>Days of a plugin's indicators: counted whole, counted again, brought from elsewhere, filled.</summary>
public sealed class IndicatorCountTests(PanelsHost panels) : IClassFixture<PanelsHost>, IAsyncLifetime
{
    private readonly CountedChores counted = new(panels.Host);

    private TestHost Host => panels.Host;

    public async ValueTask InitializeAsync() => await counted.ClearAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_day_that_is_counted_twice_is_kept_once_and_its_month_follows()
    {
        await counted.Chores.AddAsync("A", 1);
        await counted.Chores.AddAsync("A", 1);
        await counted.Chores.AddAsync("B", 2);

        await counted.CountAsync(CountedChores.First, CountedChores.First.AddDays(5));
        await counted.CountAsync(CountedChores.First, CountedChores.First.AddDays(5));

        Assert.Equal(3, await counted.ValueAsync(CountedChores.Due));
        Assert.Equal(3, await counted.ValueAsync(CountedChores.Due, "month"));
        Assert.Equal(2, await counted.ValueAsync(CountedChores.Due, "day", "first_by = 'A'"));
        // Six days were counted, four of them with nothing in them.
        Assert.Equal(6L, await Host.North.AskAsync<long>(
            $"select count(distinct starts) from core.indicator_values where indicator = '{CountedChores.Due}' and grain = 'day'"));
        Assert.True(await Host.North.AskAsync<bool>(
            "select bool_and(v.entity_id = l.entity_id) from core.indicator_values v join core.locations l on l.id = v.location_id"));
    }

    [Fact]
    public async Task What_is_corrected_late_replaces_the_day_and_both_parts_of_a_ratio_are_kept()
    {
        var chore = await counted.Chores.AddAsync("A", 1);
        await counted.Chores.AddAsync("B", 1);
        await counted.CountAsync(CountedChores.First, CountedChores.First.AddDays(2));
        Assert.Equal(0, await counted.ValueAsync(CountedChores.Done));

        await SaveAsync(chore);
        await DueAsync();

        Assert.Equal(1, await counted.ValueAsync(CountedChores.Done));
        Assert.Equal(2m, await Host.North.AskAsync<decimal>(
            $"select sum(base) from core.indicator_values where indicator = '{CountedChores.Done}' and grain = 'month'"));
        Assert.Equal(0L, await Host.North.AskAsync<long>("select count(*) from core.indicator_due where source = 'panels.chore-count'"));
    }

    [Fact]
    public async Task A_row_that_is_moved_leaves_the_day_it_was_on_within_the_hour()
    {
        var chore = await counted.Chores.AddAsync("A", 1);
        await counted.CountAsync(CountedChores.First, CountedChores.First.AddDays(20));
        var (was, becomes) = (CountedChores.First.AddDays(1), CountedChores.First.AddDays(11));
        Assert.Equal(1, await counted.ValueAsync(CountedChores.Due, "day", $"starts = '{was:yyyy-MM-dd}'"));

        using var desk = await counted.Chores.SignInAsync(Roles.FrontDesk, [TestHost.NorthMain]);
        await desk.SubmitAsync(await desk.PageAsync($"/panels/chores/{chore}"), "form[action$='/put-off']", ("days", "10"));
        Assert.Equal(2L, await Host.North.AskAsync<long>("select count(*) from core.indicator_due where source = 'panels.chore-count'"));
        await DueAsync();

        Assert.Equal(0, await counted.ValueAsync(CountedChores.Due, "day", $"starts = '{was:yyyy-MM-dd}'"));
        Assert.Equal(1, await counted.ValueAsync(CountedChores.Due, "day", $"starts = '{becomes:yyyy-MM-dd}'"));
        Assert.Equal(1, await counted.ValueAsync(CountedChores.Due, "month"));
    }

    [Fact]
    public async Task Two_counts_of_a_day_at_once_keep_it_once()
    {
        await counted.Chores.AddAsync("A", 1);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => counted.CountAsync(CountedChores.First, CountedChores.First.AddDays(20))));

        Assert.Equal(1, await counted.ValueAsync(CountedChores.Due));
        Assert.Equal(1, await counted.ValueAsync(CountedChores.Due, "month"));
    }

    [Fact]
    public async Task A_row_that_is_gone_is_gone_from_its_day_and_other_days_stay()
    {
        await counted.Chores.AddAsync("A", 1);
        await counted.Chores.AddAsync("B", 8);
        await counted.CountAsync(CountedChores.First, CountedChores.First.AddDays(10));

        await counted.RunAsync("delete from panels.chores where text = 'A'");
        await counted.CountAsync(CountedChores.First.AddDays(1), CountedChores.First.AddDays(1));

        Assert.Equal(1, await counted.ValueAsync(CountedChores.Due));
        Assert.Equal(1, await counted.ValueAsync(CountedChores.Due, "month"));
    }

    [Fact]
    public async Task The_past_is_filled_month_by_month_and_a_stop_in_between_loses_and_repeats_nothing()
    {
        await counted.Chores.AddAsync("A", 1);
        await counted.Chores.AddAsync("B", -40);
        await counted.Chores.AddAsync("C", -40, location: TestHost.NorthLake);
        OutgoingMessage? next = new(new FillIndicators("panels", new(2026, 4, 1), new(2026, 6, 30), await BeginAsync()));
        var steps = 0;
        while (next is not null)
        {
            // Each step is a message of its own: delivered twice, the second time counts the same.
            var step = (FillIndicators)next.Message;
            await StepAsync(step);
            next = await StepAsync(step);
            steps++;
        }

        Assert.Equal(7, steps); // three months of two places, and the end
        Assert.Equal(3, await counted.ValueAsync(CountedChores.Due));
        Assert.Equal(1, await counted.ValueAsync(CountedChores.Due, "month", $"location_id = '{TestHost.NorthLake}'"));
    }

    [Fact]
    public async Task Figures_from_elsewhere_are_kept_with_odd_texts_and_a_count_of_the_same_days_replaces_them()
    {
        var place = Host.North.Snapshot.Locations.First(l => l.Id == TestHost.NorthMain);
        var days = new IndicatorDays(CountedChores.First, CountedChores.First.AddDays(1), place);
        var due = Known(CountedChores.Due);
        days.Add(due, CountedChores.First, 5, first: "'; drop table core.people; --");
        days.Add(due, CountedChores.First, 2, first: "<script>alert(1)</script>");
        await using (var scope = Host.Services.OpenScope(Host.North, Actor.System("core")))
        {
            await scope.ServiceProvider.GetRequiredService<IIndicators>().KeepAsync([due], days, default);
        }

        Assert.Equal(7, await counted.ValueAsync(CountedChores.Due, "month"));
        await counted.CountAsync(CountedChores.First, CountedChores.First.AddDays(1));
        Assert.Equal(0, await counted.ValueAsync(CountedChores.Due, "month"));
    }

    [Fact]
    public async Task A_source_that_is_none_and_a_place_that_is_gone_count_nothing()
    {
        await using var scope = Host.Services.OpenScope(Host.North, Actor.System("core"));
        var counter = scope.ServiceProvider.GetRequiredService<IndicatorCounter>();

        await counter.CountAsync("nobody.source", TestHost.NorthMain, CountedChores.First, CountedChores.First, default);
        await counter.CountAsync(CountedChores.Source, Guid.NewGuid(), CountedChores.First, CountedChores.First, default);
        await counter.CountAsync(CountedChores.Source, TestHost.NorthMain, new(2199, 1, 1), new(2199, 1, 2), default);

        Assert.Equal(0L, await Host.North.AskAsync<long>("select count(*) from core.indicator_values"));
    }

    private Indicator Known(string key)
    {
        using var scope = Host.Services.OpenScope(Host.North, Actor.System("core"));
        return scope.ServiceProvider.GetRequiredService<KnownIndicators>().All[key].Of;
    }

    private async Task SaveAsync(Guid chore)
    {
        using var desk = await counted.Chores.SignInAsync(Roles.FrontDesk, [TestHost.NorthMain]);
        await desk.SubmitAsync(await desk.PageAsync($"/panels/chores/{chore}"), $"form[action='/panels/chores/{chore}']");
    }

    /// <summary>What the job of every hour asks for, done.</summary>
    private async Task DueAsync()
    {
        await using var scope = Host.Services.OpenScope(Host.North, Actor.System("core"));
        var asked = await ActivatorUtilities.CreateInstance<CountDueIndicatorsHandler>(scope.ServiceProvider).HandleAsync(new(), default);
        foreach (var count in asked.Select(a => (CountIndicators)a.Message))
        {
            await scope.ServiceProvider.GetRequiredService<IndicatorCounter>()
                .CountAsync(count.Source, count.Location, count.From, count.To, default);
        }
    }

    private async Task<Guid> BeginAsync()
    {
        await using var scope = Host.Services.OpenScope(Host.North, Actor.System("core"));
        return await scope.ServiceProvider.GetRequiredService<IProgress>().BeginAsync("Counting", "/indicators", 6);
    }

    private async Task<OutgoingMessage?> StepAsync(FillIndicators step)
    {
        await using var scope = Host.Services.OpenScope(Host.North, Actor.System("core"));
        return await scope.ServiceProvider.GetRequiredService<IndicatorFill>().StepAsync(step, default);
    }
}
