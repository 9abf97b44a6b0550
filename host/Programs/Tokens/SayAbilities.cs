using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Modular.Host.Programs.Tokens;

/// <summary>What the discovery document says that differs from practice to practice.</summary>
public sealed class SayAbilities(InstalledModules modules, ScopeContext scope) : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        context.Scopes.Clear();
        context.Scopes.UnionWith(RolePermissions.Declared(modules, scope.Practice).Select(p => p.Id).Order(StringComparer.Ordinal).Append(Scopes.OfflineAccess));
        context.IdTokenSigningAlgorithms.Clear();
        context.IdTokenSigningAlgorithms.Add(Algorithms.EcdsaSha256);
        context.TokenEndpointAuthenticationMethods.Add(ClientAuthenticationMethods.None);
        return default;
    }
}
