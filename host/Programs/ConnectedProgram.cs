using Microsoft.EntityFrameworkCore;
using Modular.Host.Programs.Tokens;
using Modular.Sdk;

namespace Modular.Host.Programs;

/// <summary>A program of somebody else, or of the practice's own, that calls the HTTP API.</summary>
public sealed class ConnectedProgram : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required string Name { get; set; }

    /// <summary>One of <see cref="ProgramKinds"/>, for good.</summary>
    public string Kind { get; init; } = ProgramKinds.Server;

    /// <summary>Where a person's browser may be sent back to; none for a program that only ever acts for itself.</summary>
    public string[] RedirectUris { get; set; } = [];

    /// <summary>Whom to call when it misbehaves.</summary>
    public string? Contact { get; set; }

    /// <summary>Permissions it may ask a token for.</summary>
    public required string[] Scopes { get; set; }
    public bool AllLocations { get; set; } = true;
    public Guid[] Locations { get; set; } = [];
    public int RequestsPerMinute { get; set; } = 300;

    /// <summary>Grows to end every token at once.</summary>
    public int Generation { get; set; } = 1;
    public DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
    public string? RevokedBy { get; set; }

    /// <summary>To the minute; written beside the requests, so it is in no change log.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>As programs write it: 32 hex digits.</summary>
    public string ClientId => Id.ToString("N");
}
