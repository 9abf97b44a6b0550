using System.Globalization;
using Microsoft.IdentityModel.Tokens;
using Modular.Host.Keys;
using Modular.Host.Practices;
using OpenIddict.Abstractions;
using OpenIddict.Client;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Client.OpenIddictClientEvents;

namespace Modular.Host.SignIn.Provider;

public sealed class SealState(SigningKeys keys, ScopeContext scope) : IOpenIddictClientHandler<GenerateTokenContext>
{
    public async ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType == TokenTypeIdentifiers.Private.StateToken)
        {
            var key = await keys.CurrentAsync(scope.Practice, context.CancellationToken);
            context.SigningCredentials = new(key.Key, SecurityAlgorithms.EcdsaSha256);
            context.EncryptionCredentials = new(key.Seals!, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512);
        }
    }
}
