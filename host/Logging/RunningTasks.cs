using System.Collections.Concurrent;

namespace Modular.Host.Logging;

/// <summary>
/// What a part of the host has begun and nobody awaits: it is kept until it ends, a failure of it is in the log, and the part waits for it when
/// it stops. A task that is thrown away would fail unseen and outlive the host's connections.
/// </summary>
public sealed class RunningTasks(ILogger log)
{
    private readonly ConcurrentDictionary<Task, byte> running = new();

    /// <summary>Begins it beside what goes on.</summary>
    public void Begin(Func<Task> work)
    {
#pragma warning disable RS0030 // A part of the host itself, which waits for it at the end.
        Keep(Task.Run(() => WatchAsync(work)));
#pragma warning restore RS0030
    }

    /// <summary>For what somebody else awaits, or what catches its own failures.</summary>
    public void Keep(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.IsCompleted)
        {
            return;
        }

        running[task] = 0;
        task.ContinueWith(t => running.TryRemove(t, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Ends when all of them have, however they did, or after <paramref name="atMost"/>.</summary>
    public async Task EndedAsync(TimeSpan atMost) =>
        await Task.WhenAll(running.Keys).WaitAsync(atMost).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task WatchAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The part stops.
        }
        catch (Exception e)
        {
            log.LogError("What ran beside the rest failed: {Failure}", Failure.Describe(e));
        }
    }
}
