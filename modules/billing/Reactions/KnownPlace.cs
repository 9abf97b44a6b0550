using Modular.Sdk;

namespace Modular.Billing.Reactions;

/// <summary>A place of the practice with the address that a claim names as its service facility.</summary>
[NotLogged]
public sealed class KnownPlace : IProjected
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public required string Name { get; init; }

    /// <summary>IANA zone.</summary>
    public required string Zone { get; init; }

    /// <summary>In whose name it works.</summary>
    public Guid? EntityId { get; init; }
    public string? Address { get; init; }
    public string? City { get; init; }
    public string? State { get; init; }
    public string? Zip { get; init; }
    public bool Active { get; init; }
}
