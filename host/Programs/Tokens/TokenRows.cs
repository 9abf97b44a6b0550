using Modular.Sdk;
using OpenIddict.EntityFrameworkCore.Models;

namespace Modular.Host.Programs.Tokens;

/// <summary>A program as OpenIddict asks for it: never stored as such, always made from what the practice says of the program.</summary>
public sealed class ProgramClient : OpenIddictEntityFrameworkCoreApplication<Guid, ProgramAuthorization, ProgramToken>;

/// <summary>A person let a program in, for these scopes.</summary>
public sealed class ProgramAuthorization : OpenIddictEntityFrameworkCoreAuthorization<Guid, ProgramClient, ProgramToken>
{
    [NotLogged]
    public override string? ConcurrencyToken { get; set; } = Guid.NewGuid().ToString();
}

/// <summary>A code or token that a person stands behind; the authorization's entry in the change log says that it was given.</summary>
[NotLogged]
public sealed class ProgramToken : OpenIddictEntityFrameworkCoreToken<Guid, ProgramClient, ProgramAuthorization>;

/// <summary>OpenIddict names a type for scopes; ours are permissions, which modules declare.</summary>
public sealed class ProgramScope : OpenIddictEntityFrameworkCoreScope<Guid>;
