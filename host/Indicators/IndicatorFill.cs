using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>The past of a module's indicators, counted from its rows, month by month and place by place, the newest first.</summary>
public sealed class IndicatorFill(
    Work work, ScopeContext scope, InstalledModules modules, KnownIndicators known, IndicatorCounter counter, IProgress progress, IMessageBus bus,
    IServiceProvider services, TimeProvider clock)
{
    /// <summary>Nobody asks for more, and no step is in vain.</summary>
    public const int MostYears = 20;

    /// <param name="from">Null for the first day of which the module has anything to count.</param>
    /// <returns>The progress to watch; null when the module has no indicators of the past, or nothing to count.</returns>
    public async Task<Guid?> BeginAsync(string module, DateOnly? from, CancellationToken ct)
    {
        var sources = Sources(module);
        if (sources.Count == 0 || (from ?? await FirstDayAsync(sources, ct)) is not { } first)
        {
            return null;
        }

        var today = sources.SelectMany(known.PlacesOf).Select(p => WallTime.Today(clock, known.ZoneOf(p))).Max();
        first = first < today.AddYears(-MostYears) ? today.AddYears(-MostYears) : first > today ? today : first;
        await using var write = await work.BeginAsync(null, ct);
        var id = await progress.BeginAsync(
            $"Counting indicators of {sources[0].Module.Manifest.Name}", "/indicators", Months(sources, first, today).Count(), ct);
        await bus.SendAsync(new FillIndicators(module, first, today, id), new(Bulk: true));
        await write.CommitAsync(ct);
        return id;
    }

    public async Task<OutgoingMessage?> StepAsync(FillIndicators step, CancellationToken ct)
    {
        if (await IsBehindAsync(step.Module, ct))
        {
            return step.DelayedFor(TimeSpan.FromSeconds(1), clock.GetUtcNow());
        }

        if (step is not { Work: { } id, From: { } from })
        {
            await BeginAsync(step.Module, step.From, ct);
            return null;
        }

        await using var write = await work.BeginAsync(null, ct);
        var sources = Sources(step.Module);
        var next = Months(sources, from, step.To).Skip(step.Done).FirstOrDefault();
        OutgoingMessage? more = null;
        if (sources.Count == 0 || await progress.IsCanceledAsync(id, ct))
        {
            var said = sources.Count == 0 ? "The module that counts them was turned off." : "Stopped. What was counted is kept.";
            await progress.EndAsync(id, said, failed: sources.Count == 0, ct);
        }
        else if (next is null)
        {
            await progress.EndAsync(id, $"Counted from {Said.ShortDay(from)}", ct: ct);
        }
        else
        {
            await counter.CountAsync(next.Source.Name, next.Place?.Id, next.From, next.To, ct);
            await progress.ReportAsync(id, step.Done + 1, ct);
            more = new(step with { Done = step.Done + 1 }, new(Bulk: true));
        }

        await write.CommitAsync(ct);
        return more;
    }

    private sealed record Month(KnownSource Source, Location? Place, DateOnly From, DateOnly To);

    private IEnumerable<Month> Months(List<KnownSource> sources, DateOnly from, DateOnly to)
    {
        for (var first = new DateOnly(to.Year, to.Month, 1); first.AddMonths(1) > from; first = first.AddMonths(-1))
        {
            var (begin, end) = (first > from ? first : from, first.AddMonths(1).AddDays(-1) < to ? first.AddMonths(1).AddDays(-1) : to);
            foreach (var (source, place) in sources.SelectMany(s => known.PlacesOf(s), (s, place) => (s, place)))
            {
                yield return new(source, place, begin, end);
            }
        }
    }

    /// <summary>The module is on, and this host has not taken it up yet.</summary>
    private async Task<bool> IsBehindAsync(string module, CancellationToken ct) =>
        !scope.Practice.IsOn(module) && modules.Find(module) is { Runs: true } && !scope.Practice.Snapshot.Failed.ContainsKey(module)
        && await (await work.OpenAsync(ct)).QueryAsync("select state from core.modules where module = $1", [module],
            r => r.GetString(0), ct) is [var state]
        && ModuleStates.Serves(state);

    private List<KnownSource> Sources(string module) => [.. known.Sources.Where(s => s.Module.Id == module && s.CountsPast)];

    private async Task<DateOnly?> FirstDayAsync(List<KnownSource> sources, CancellationToken ct)
    {
        DateOnly? first = null;
        foreach (var source in sources)
        {
            var day = await ((IIndicatorSource)ActivatorUtilities.CreateInstance(services, source.Declared.Source)).FirstDayAsync(ct);
            first = first is null || day < first ? day ?? first : first;
        }

        return first;
    }
}
