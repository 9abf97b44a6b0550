namespace Modular.Sdk.Core;

/// <summary>A legal entity of the practice, for a module that keeps its own. A page that asks which one asks only where there are two.</summary>
[NotLogged]
public class KnownEntity : IProjected
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public required string Name { get; init; }

    /// <summary>Nine digits (EIN), or null.</summary>
    public string? TaxId { get; init; }

    /// <summary>Ten digits, or null.</summary>
    public string? Npi { get; init; }

    /// <summary>Whom things belong to when nobody says.</summary>
    public bool Main { get; init; }

    /// <summary>1 to 12, for <see cref="FiscalCalendar"/>.</summary>
    public int FiscalMonth { get; init; }

    public bool Active { get; init; }

    /// <summary>Keeps all entities.</summary>
    public static Projection<EntityChanged, KnownEntity> Projection() => new(entity => new()
    {
        Id = entity.EntityId, Version = entity.Version, Name = entity.Name, TaxId = entity.TaxId, Npi = entity.Npi, Main = entity.Main,
        FiscalMonth = entity.FiscalMonth, Active = entity.Active,
    });
}
