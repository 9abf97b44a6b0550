using Modular.Sdk;
using OpenIddict.EntityFrameworkCore.Models;

namespace Modular.Host.Programs.Tokens;

/// <summary>A program as OpenIddict asks for it: never stored as such, always made from what the practice says of the program.</summary>
public sealed class ProgramClient : OpenIddictEntityFrameworkCoreApplication<Guid, ProgramAuthorization, ProgramToken>;
