using Modular.Sdk;

namespace Modular.Scheduling.Board;

/// <summary>What every desk should know of a location's day.</summary>
public sealed class DayNote : IVersioned, IAtLocation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid LocationId { get; init; }
    public required DateOnly Day { get; init; }
    public required string Text { get; set; }
    public required string By { get; set; }
    public required DateTimeOffset At { get; set; }
}

/// <summary>A visit that a person holds; it keeps its time until it is pasted.</summary>
[NotLogged]
public sealed class Clipping
{
    public required Guid PersonId { get; init; }
    public required Guid VisitId { get; init; }
    public required DateTimeOffset At { get; init; }
}
