namespace Modular.Sdk;

/// <summary>A module's settings, with an optional override per location. Cached; a save shows on the next request everywhere.</summary>
public interface ISettings<T> where T : class, new()
{
    ValueTask<T> GetAsync(Guid? locationId = null, CancellationToken ct = default);
}
