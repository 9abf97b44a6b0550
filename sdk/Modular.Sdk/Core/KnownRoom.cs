namespace Modular.Sdk.Core;

/// <summary>A room of a place, for a module that keeps its own.</summary>
[NotLogged]
public class KnownRoom : IProjected, IAtLocation
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public Guid LocationId { get; init; }
    public required string Name { get; init; }
    public bool Active { get; init; }

    /// <summary>Keeps all rooms.</summary>
    public static Projection<RoomChanged, KnownRoom> Projection() =>
        new(room => new() { Id = room.RoomId, Version = room.Version, LocationId = room.LocationId, Name = room.Name, Active = room.Active });
}
