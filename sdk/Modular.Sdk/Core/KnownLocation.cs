namespace Modular.Sdk.Core;

/// <summary>A place of the practice, for a module that keeps its own: to name it in a row, or to show one that is closed by now.</summary>
[NotLogged]
public class KnownLocation : IProjected
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public required string Name { get; init; }

    /// <summary>IANA zone.</summary>
    public required string Zone { get; init; }
    public bool Active { get; init; }

    /// <summary>Keeps all places.</summary>
    public static Projection<LocationChanged, KnownLocation> Projection() =>
        new(place => new() { Id = place.LocationId, Version = place.Version, Name = place.Name, Zone = place.Zone, Active = place.Active });
}
