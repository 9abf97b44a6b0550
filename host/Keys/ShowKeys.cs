using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using Modular.Host.Practices;

namespace Modular.Host.Keys;

/// <summary>The public keys, those that will sign soon too.</summary>
public sealed class ShowKeys(SigningKeys keys, ScopeContext scope) : IOpenIddictServerHandler<HandleJsonWebKeySetRequestContext>
{
    public async ValueTask HandleAsync(HandleJsonWebKeySetRequestContext context)
    {
        // Somebody who looks before the first token was given finds its key already.
        await keys.CurrentAsync(scope.Practice, context.CancellationToken);
        context.Keys.Clear();
        foreach (var key in await keys.ValidAsync(scope.Practice, null, context.CancellationToken))
        {
            using var shown = ECDsa.Create(key.Key.ECDsa.ExportParameters(includePrivateParameters: false));
            var web = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new(shown) { KeyId = key.Key.KeyId });
            (web.Use, web.Alg) = (JsonWebKeyUseNames.Sig, SecurityAlgorithms.EcdsaSha256);
            context.Keys.Add(web);
        }
    }
}
