using Npgsql;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Modular.Host.Practices;
using Modular.Host.Upgrading;
using Modular.Sdk;

namespace Modular.Host.Settings;

/// <summary>A module's settings as its pages and handlers read them.</summary>
public sealed class Settings<T>(ScopeContext scope, SettingsCache cache) : ISettings<T> where T : class, new()
{
    public async ValueTask<T> GetAsync(Guid? locationId = null, CancellationToken ct = default) =>
        (T)await cache.GetAsync(scope.Practice, typeof(T), locationId, ct);
}
