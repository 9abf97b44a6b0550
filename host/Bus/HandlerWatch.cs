using System.Collections.Concurrent;
using Modular.Host.Practices;

namespace Modular.Host.Bus;

/// <summary>What this process's handlers work on now: one that spins or waits for ever cannot be ended, but it can be named.</summary>
public sealed class HandlerWatch(TimeProvider clock)
{
    /// <summary>A handler is done in milliseconds; a minute is also what it gets when the host stops.</summary>
    public static readonly TimeSpan TooLong = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<Running, byte> running = new();

    /// <summary>Disposed when the handler returned or threw.</summary>
    public IDisposable Begin(Practice practice, string queue)
    {
        var begun = new Running(this, practice.Id, queue, clock.GetUtcNow());
        running[begun] = 0;
        return begun;
    }

    /// <summary>Queues whose handler has been at one message for too long, and since when.</summary>
    public IReadOnlyList<(string Queue, DateTimeOffset Since)> Stuck(Practice practice)
    {
        var before = clock.GetUtcNow() - TooLong;
        return [.. running.Keys.Where(r => r.Practice == practice.Id && r.Since <= before).OrderBy(r => r.Since).Select(r => (r.Queue, r.Since))];
    }

    private sealed class Running(HandlerWatch watch, Guid practice, string queue, DateTimeOffset since) : IDisposable
    {
        public Guid Practice => practice;

        public string Queue => queue;

        public DateTimeOffset Since => since;

        public void Dispose() => watch.running.TryRemove(this, out _);
    }
}
