using Modular.Sdk;

namespace Modular.Host.Core;

/// <summary>The practice as letters and the top of each page name it; claims are in the name of a <see cref="LegalEntity"/>.</summary>
public sealed class Profile : IVersioned
{
    public Guid Id { get; set; }
    public int Version { get; set; }
    public required string Name { get; set; }
    public required string Zone { get; set; }
    public string? Phone { get; set; }
    public string? Address { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }
    public string Currency { get; set; } = "USD";
    public string Theme { get; set; } = "default";
    public Guid? LogoId { get; set; }
}

/// <summary>A location as it is edited; pages and modules see the SDK's snapshot of it.</summary>
public sealed class Site : IVersioned
{
    public Guid Id { get; set; }
    public int Version { get; set; }

    /// <summary>In whose name it works; the main entity's when nobody says.</summary>
    public Guid EntityId { get; set; }

    public required string Name { get; set; }
    public required string Zone { get; set; }
    public string? Phone { get; set; }
    public string? Address { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }
    public bool Active { get; set; } = true;
}

/// <summary>Wall times of the location; no row means closed that day.</summary>
public sealed class OpeningHours
{
    public Guid Id { get; set; }
    public Guid LocationId { get; set; }

    /// <summary>0 is Sunday.</summary>
    public int Weekday { get; set; }

    public TimeOnly Opens { get; set; }
    public TimeOnly Closes { get; set; }
}

public sealed class Closure : IVersioned
{
    public Guid Id { get; set; }
    public int Version { get; set; }

    /// <summary>Null closes the whole practice.</summary>
    public Guid? LocationId { get; set; }

    public DateOnly FromDate { get; set; }
    public DateOnly ToDate { get; set; }
    public required string Reason { get; set; }

    /// <summary>False once taken back. A federal holiday that is taken back is one on which the practice works.</summary>
    public bool Active { get; set; } = true;

    /// <summary>The federal holiday that it is for, by its key; null for any other reason.</summary>
    public string? Holiday { get; init; }
}

public sealed class Room : IVersioned
{
    public Guid Id { get; set; }
    public int Version { get; set; }
    public Guid LocationId { get; set; }
    public required string Name { get; set; }
    public bool Active { get; set; } = true;
}

/// <summary>Somebody who works here, signing in or not. Employment and credentials belong to HR.</summary>
public sealed class StaffMember : IVersioned
{
    public Guid Id { get; set; }
    public int Version { get; set; }

    /// <summary>Whom they work for; the main entity when nobody says.</summary>
    public Guid EntityId { get; set; }

    public string FirstName { get; set; } = "";
    public required string LastName { get; set; }

    /// <summary>Letters after the name: MD, NP, RN.</summary>
    public string Credentials { get; set; } = "";

    public string? Npi { get; set; }
    public string? Email { get; set; }
    public bool IsProvider { get; set; }
    public bool Active { get; set; } = true;

    /// <summary>As patients read it: physicians with "Dr.", everybody else with their letters.</summary>
    public string DisplayName => Credentials is "MD" or "DO" ? $"Dr. {FirstName} {LastName}".Replace("  ", " ")
        : Credentials.Length > 0 ? $"{FirstName} {LastName}, {Credentials}".Trim() : $"{FirstName} {LastName}".Trim();
}
