using System.Collections.Concurrent;

namespace Modular.Host.Webhooks;

/// <summary>
/// Places for calls in this process, by webhook: an address that hangs takes none of the others'. As soon as a call takes long, one is made at
/// a time, and what else is due for that address goes out of the way until later.
/// </summary>
public sealed class WebhookLanes(TimeProvider clock)
{
    /// <summary>Calls to one address at the same time.</summary>
    public const int AtOnce = 4;

    /// <summary>A receiver answers first and works afterwards.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<Guid, Lane> lanes = new();

    /// <summary>Not all at the same moment.</summary>
    public static TimeSpan Later() => Least * (1 + Random.Shared.NextDouble());

    /// <returns>The place, to be given back; null when the address keeps others waiting.</returns>
    public Task<IDisposable?> EnterAsync(Guid webhook, CancellationToken ct) => lanes.GetOrAdd(webhook, _ => new(clock)).EnterAsync(ct);

    private sealed class Lane(TimeProvider clock)
    {
        private readonly Lock gate = new();
        private readonly List<long> calls = [];
        private TaskCompletionSource freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool wasSlow;

        public async Task<IDisposable?> EnterAsync(CancellationToken ct)
        {
            while (true)
            {
                Task next;
                lock (gate)
                {
                    if (IsSlow)
                    {
                        return null;
                    }

                    if (calls.Count < AtOnce)
                    {
                        var began = clock.GetTimestamp();
                        calls.Add(began);
                        return new Place(this, began);
                    }

                    next = freed.Task;
                }

                await Task.WhenAny(next, Task.Delay(Slow, clock, ct));
                ct.ThrowIfCancellationRequested();
            }
        }

        /// <summary>The oldest call takes long; or the last one did, and another tries already whether that is still so.</summary>
        private bool IsSlow => calls.Count > 0 && (wasSlow || clock.GetElapsedTime(calls[0]) >= Slow);

        private void Leave(long began)
        {
            lock (gate)
            {
                calls.Remove(began);
                wasSlow = clock.GetElapsedTime(began) >= Slow;
                freed.SetResult();
                freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        private sealed class Place(Lane lane, long began) : IDisposable
        {
            public void Dispose() => lane.Leave(began);
        }
    }
}
