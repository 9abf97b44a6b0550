namespace Modular.Sdk.Core;

/// <summary>A room of a location was added or changed.</summary>
[Message("core.room-changed.v1")]
public sealed record RoomChanged(Guid RoomId, int Version, Guid LocationId, string Name, bool Active);
