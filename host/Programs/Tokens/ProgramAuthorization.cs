using Modular.Sdk;
using OpenIddict.EntityFrameworkCore.Models;

namespace Modular.Host.Programs.Tokens;

/// <summary>A person let a program in, for these scopes.</summary>
public sealed class ProgramAuthorization : OpenIddictEntityFrameworkCoreAuthorization<Guid, ProgramClient, ProgramToken>
{
    [NotLogged]
    public override string? ConcurrencyToken { get; set; } = Guid.NewGuid().ToString();
}
