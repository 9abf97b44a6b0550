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

/// <summary>Signs with the practice's key, and seals with it what only the practice is to read. A program's own token gets no row.</summary>
public sealed class SignTokens(SigningKeys keys, ScopeContext scope) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public async ValueTask HandleAsync(GenerateTokenContext context)
    {
        var key = await keys.CurrentAsync(scope.Practice, context.CancellationToken);
        context.SigningCredentials = new(key.Key, SecurityAlgorithms.EcdsaSha256);
        if (context.EncryptionCredentials is not null)
        {
            context.EncryptionCredentials = new(key.Seals!, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512);
        }

        context.CreateTokenEntry &= context.Transaction.Request?.IsClientCredentialsGrantType() != true;
    }
}
