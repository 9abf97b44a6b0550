using System.Collections.Concurrent;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Host.Start;

namespace Modular.Host.Slots;

/// <param name="Key">Module and panel: what the breaker counts.</param>
/// <param name="Load">Runs in a scope of its own, for the same practice and person.</param>
public sealed record SlotWork(string Key, Func<IServiceProvider, CancellationToken, Task<object?>> Load);

public enum SlotEnd
{
    Loaded,
    Late,
    Failed,

    /// <summary>Not tried: it failed too often just now.</summary>
    Resting,
}

public sealed record SlotOutcome(SlotEnd End, object? Value = null);

/// <summary>
/// Runs what other modules put into one page: beside each other, on at most two more connections, within a time that all of the
/// page's slots share. Nothing of it can break or slow the page.
/// </summary>
public sealed class SlotRunner(ScopeContext scope, SlotBreaker breaker, StartOptions options, IServiceProvider services, TimeProvider clock, ILogger<SlotRunner> log)
{
    public TimeSpan PageBudget => options.SlotBudget;

    /// <summary>A panel fetched by itself, after the page.</summary>
    public static readonly TimeSpan AloneBudget = TimeSpan.FromSeconds(10);

    private const int Connections = 2;
    private TimeSpan spent;

    public async Task<IReadOnlyList<SlotOutcome>> RunAsync(IReadOnlyList<SlotWork> works, TimeSpan budget, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var running = new Task<SlotOutcome>?[works.Count];
        var queue = new ConcurrentQueue<int>();
        for (var i = 0; i < works.Count; i++)
        {
            if (breaker.IsOpen(scope.Practice.Id, works[i].Key))
            {
                running[i] = Task.FromResult(new SlotOutcome(SlotEnd.Resting));
            }
            else
            {
                queue.Enqueue(i);
            }
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var lanes = Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => LaneAsync(queue, works, running, stop.Token)));
        var left = budget - spent;
        await Task.WhenAny(lanes, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, stop.Token));
        SlotOutcome[] outcomes = [.. running.Select((task, i) => task is { IsCompletedSuccessfully: true } ? task.Result : Late(works[i], task is not null))];
        queue.Clear();
        await stop.CancelAsync();
        spent += clock.GetElapsedTime(started);
        return outcomes;
    }

    private async Task LaneAsync(ConcurrentQueue<int> queue, IReadOnlyList<SlotWork> works, Task<SlotOutcome>?[] running, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested && queue.TryDequeue(out var i))
        {
            await (running[i] = LoadAsync(works[i], ct));
        }
    }

    /// <summary>One that never got its turn is late, but that is not its fault.</summary>
    private SlotOutcome Late(SlotWork work, bool begun)
    {
        if (begun)
        {
            breaker.Failed(scope.Practice.Id, work.Key);
        }

        return new(SlotEnd.Late);
    }

    private async Task<SlotOutcome> LoadAsync(SlotWork work, CancellationToken ct)
    {
        var practice = scope.Practice;
        try
        {
            // The page's own thread goes on even when a panel computes before it first waits.
            await Task.Yield();
            await using var own = services.OpenScope(practice, scope.Actor, scope.CorrelationId);
            var value = await work.Load(own.ServiceProvider, ct);
            // No panel about a patient is shown without its entry in the access log.
            await own.ServiceProvider.GetRequiredService<Work>().FlushAsync(ct);
            ct.ThrowIfCancellationRequested();
            breaker.Worked(practice.Id, work.Key);
            return new(SlotEnd.Loaded, value);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return new(SlotEnd.Late);
        }
        catch (Exception e)
        {
            // Contained on purpose: another module's fault shows in its own box.
            log.LogError(e, "The panel {Panel} failed", work.Key);
            breaker.Failed(practice.Id, work.Key);
            return new(SlotEnd.Failed);
        }
    }
}
