using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Live;

/// <summary>What a request or message changed, told once its write is committed.</summary>
public sealed class LiveChanges(Work work, ScopeContext scope, LiveHub hub) : ILive
{
    public void Changed(string topic, string key = "") =>
        Tell(topic, key, Guid.TryParse(key, out var id) && scope.Practice.Locations.Any(l => l.Id == id) ? id : null);

    public void Changed(string topic, string key, Guid locationId) => Tell(topic, key, locationId);

    private void Tell(string topic, string key, Guid? location)
    {
        if (hub.Find(topic) is null)
        {
            throw new InvalidOperationException($"The live topic {topic} is not declared by any module.");
        }

        if (key.Length > 200 || key.Contains(' ', StringComparison.Ordinal))
        {
            throw new ArgumentException("A live key is an id or a date, without spaces.", nameof(key));
        }

        var practice = scope.Practice.Id;
        work.AfterCommit(() => hub.Tell(new(practice, topic, key, location)));
    }
}
