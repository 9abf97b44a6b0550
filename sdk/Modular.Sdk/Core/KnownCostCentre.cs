namespace Modular.Sdk.Core;

/// <summary>A cost center, for a module that keeps its own.</summary>
[NotLogged]
public class KnownCostCentre : IProjected
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>Null for one that all entities use.</summary>
    public Guid? EntityId { get; init; }

    public bool Active { get; init; }

    /// <summary>Keeps all cost centers.</summary>
    public static Projection<CostCentreChanged, KnownCostCentre> Projection() => new(centre => new()
    {
        Id = centre.CostCentreId, Version = centre.Version, Code = centre.Code, Name = centre.Name,
        EntityId = centre.EntityId, Active = centre.Active,
    });
}
