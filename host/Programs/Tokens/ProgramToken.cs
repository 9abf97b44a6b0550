using Modular.Sdk;
using OpenIddict.EntityFrameworkCore.Models;

namespace Modular.Host.Programs.Tokens;

/// <summary>A code or token that a person stands behind; the authorization's entry in the change log says that it was given.</summary>
[NotLogged]
public sealed class ProgramToken : OpenIddictEntityFrameworkCoreToken<Guid, ProgramClient, ProgramAuthorization>;
