using Microsoft.AspNetCore.Identity;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Rights;

/// <summary>Somebody who signs in. Most are staff members too; an outside bookkeeper is not.</summary>
public sealed class Person : IdentityUser<Guid>, IVersioned
{
    public int Version { get; set; }

    public required string Name { get; set; }

    public Guid? StaffMemberId { get; set; }

    public bool Active { get; set; } = true;

    /// <summary>Their last day is known: from this instant on nothing of theirs opens anything.</summary>
    public DateTimeOffset? SignInEndsAt { get; set; }

    public bool AllLocations { get; set; } = true;

    public DateTimeOffset CreatedAt { get; init; }

    public List<PersonRole> Roles { get; } = [];

    public List<PersonLocation> Locations { get; } = [];

    public bool MaySignIn(DateTimeOffset now) => Active && !(SignInEndsAt <= now);

    public PersonChanged Changed() => new(Id, Version, Name, StaffMemberId, Active);

    [NotLogged]
    public override string? PasswordHash { get; set; }

    [NotLogged]
    public override string? SecurityStamp { get; set; }

    [NotLogged]
    public override string? ConcurrencyStamp { get; set; }
}

/// <summary>Exactly one of the two names the role.</summary>
public sealed class PersonRole
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public string? Preset { get; init; }
    public Guid? RoleId { get; init; }
}

public sealed class PersonLocation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public Guid LocationId { get; init; }
}

/// <summary>A secret of the person: authenticator key, recovery codes.</summary>
public sealed class PersonToken : IdentityUserToken<Guid>
{
    [NotLogged]
    public override string? Value { get; set; }
}

/// <summary>A role of the practice's own making.</summary>
public sealed class CustomRole : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required string Name { get; set; }
    public List<RoleGrant> Grants { get; } = [];
}

/// <summary>A decision on one permission; a permission without one is new to the role and not granted.</summary>
public sealed class RoleGrant
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid RoleId { get; init; }
    public required string Permission { get; init; }
    public bool Granted { get; set; }
}

/// <summary>Somebody asked that a person's authenticator app and passkeys be removed; it waits for a second one to agree.</summary>
public sealed class SecondFactorRemoval : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PersonId { get; init; }
    public Guid AskedBy { get; init; }
    public required string AskedByName { get; init; }
    public DateTimeOffset AskedAt { get; init; }
}

/// <summary>A link that lets one person set a password.</summary>
public sealed class Invitation : IVersioned
{
    public const string ForInvitation = "invitation";
    public const string ForReset = "reset";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PersonId { get; init; }

    [NotLogged]
    public required string TokenDigest { get; init; }

    public required string Purpose { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}
