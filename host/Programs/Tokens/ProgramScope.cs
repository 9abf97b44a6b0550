using Modular.Sdk;
using OpenIddict.EntityFrameworkCore.Models;

namespace Modular.Host.Programs.Tokens;

/// <summary>OpenIddict names a type for scopes; ours are permissions, which modules declare.</summary>
public sealed class ProgramScope : OpenIddictEntityFrameworkCoreScope<Guid>;
