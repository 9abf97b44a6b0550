using System.Collections.Concurrent;

namespace Modular.Host.Slots;

/// <summary>A panel that failed or overran three times in a row rests for a minute: the pages around it stay fast.</summary>
public sealed class SlotBreaker(TimeProvider clock)
{
    public const int Limit = 3;
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(Guid Practice, string Panel), (int Failures, DateTimeOffset OpenUntil)> states = new();

    public bool IsOpen(Guid practice, string panel) =>
        states.TryGetValue((practice, panel), out var state) && state.OpenUntil > clock.GetUtcNow();

    /// <summary>Names of a module's panels and tiles that rest now.</summary>
    public IEnumerable<string> Resting(Guid practice, string module) =>
        states.Keys.Where(k => k.Practice == practice && k.Panel.StartsWith(module + ".", StringComparison.Ordinal) && IsOpen(practice, k.Panel))
            .Select(k => k.Panel[(module.Length + 1)..]).Order(StringComparer.Ordinal);

    public void Worked(Guid practice, string panel) => states.TryRemove((practice, panel), out _);

    public void Failed(Guid practice, string panel) => states.AddOrUpdate((practice, panel), _ => (1, default), (_, state) =>
        // After the rest one try is free; if it fails too, the panel rests again.
        state.Failures + 1 >= Limit ? (Limit - 1, clock.GetUtcNow() + Rest) : (state.Failures + 1, default));
}
