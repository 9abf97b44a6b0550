using Modular.Sdk;

namespace Modular.Host.Core;

/// <summary>Who the practice is before the law: taxes, contracts and claims are in its name.</summary>
public sealed class LegalEntity : IVersioned
{
    public Guid Id { get; set; }
    public int Version { get; set; }

    /// <summary>Whom a location or a member of staff belongs to when nobody says; there is one, and it is never closed.</summary>
    public bool Main { get; init; }

    public required string Name { get; set; }

    /// <summary>Nine digits (EIN), without hyphen.</summary>
    public string? TaxId { get; set; }

    /// <summary>Of type 2: an organization's.</summary>
    public string? Npi { get; set; }

    public string? Address { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }

    /// <summary>1 to 12: the month in which its fiscal year begins.</summary>
    public int FiscalMonth { get; set; } = 1;

    public bool Active { get; set; } = true;

    /// <summary>12-3456789, as tax forms have it.</summary>
    public static string? Dashed(string? taxId) => taxId is { Length: 9 } ? $"{taxId[..2]}-{taxId[2..]}" : taxId;
}

/// <summary>What costs are gathered by.</summary>
public sealed class CostCentre : IVersioned
{
    public Guid Id { get; set; }
    public int Version { get; set; }
    public required string Code { get; set; }
    public required string Name { get; set; }

    /// <summary>Null for one that all entities use.</summary>
    public Guid? EntityId { get; set; }

    public bool Active { get; set; } = true;
}
