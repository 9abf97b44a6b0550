using System.Collections.Concurrent;

namespace Modular.Host.Callers;

/// <summary>
/// How often something may be asked within a minute, counted in this process: with two hosts a program has up to twice its share. It protects
/// a host from a program that runs wild, and a count that all hosts share would cost every request a write to the database.
/// </summary>
public sealed class RateLimits(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (DateTimeOffset From, int Count)> counts = new();

    /// <summary>Counts one; null when it may go on, else how long to wait.</summary>
    public TimeSpan? Count(string key, int most)
    {
        var now = clock.GetUtcNow();
        Sweep(now);
        var (from, count) = counts.AddOrUpdate(key, _ => (now, 1), (_, old) => now - old.From >= Window ? (now, 1) : (old.From, old.Count + 1));
        return count <= most ? null : from + Window - now;
    }

    /// <summary>What was counted before it was looked at turned out to be right.</summary>
    public void TakeBack(string key) => counts.AddOrUpdate(key, _ => (clock.GetUtcNow(), 0), (_, old) => (old.From, Math.Max(0, old.Count - 1)));

    private void Sweep(DateTimeOffset now)
    {
        if (counts.Count > 10_000)
        {
            foreach (var old in counts.Where(c => now - c.Value.From >= Window).Select(c => c.Key).ToList())
            {
                counts.TryRemove(old, out _);
            }
        }
    }
}
