using Modular.Sdk;

namespace Modular.Billing.Reactions;

/// <summary>The names of those who treat, in parts as a claim has them.</summary>
[NotLogged]
public sealed class ClaimStaff : IProjected
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }
}
