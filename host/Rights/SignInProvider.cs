using Modular.Sdk;

namespace Modular.Host.Rights;

/// <summary>Where the practice's people have accounts already: an OpenID Connect provider of its own choice.</summary>
public sealed class SignInProvider : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }

    /// <summary>Its address, as it names itself in what it signs.</summary>
    public required string Issuer { get; set; }

    /// <summary>How the provider knows this practice.</summary>
    public required string ClientId { get; set; }

    /// <summary>What stands on the sign-in page.</summary>
    public required string Button { get; set; }

    /// <summary>Offered on the sign-in page; the test works either way.</summary>
    public bool Active { get; set; }
}

/// <summary>Which account of a provider is a person's.</summary>
public sealed class PersonAccount
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public required string Issuer { get; init; }
    public required string Subject { get; init; }
    public DateTimeOffset LinkedAt { get; init; }
}
