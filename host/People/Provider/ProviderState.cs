using Microsoft.IdentityModel.Tokens;
using Modular.Host.Programs;
using Modular.Host.Programs.Tokens;
using OpenIddict.Client;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Client.OpenIddictClientEvents;

namespace Modular.Host.People.Provider;

// What a browser carries to the provider and back is signed and sealed with the practice's keys: at another practice it is noise.

/// <summary>The practice's address, to which the provider sends people back.</summary>
public sealed class CallbackAddress(ScopeContext scope) : IOpenIddictClientHandler<ProcessRequestContext>
{
    public ValueTask HandleAsync(ProcessRequestContext context)
    {
        if (scope.Practice.BaseUrl.Length > 0)
        {
            context.BaseUri = new(scope.Practice.BaseUrl);
            context.RequestUri = new(context.BaseUri, context.RequestUri!.PathAndQuery);
        }

        return default;
    }
}

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

public sealed class OpenState(SigningKeys keys, ScopeContext scope) : IOpenIddictClientHandler<ValidateTokenContext>
{
    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.StateToken))
        {
            await PracticeKeys.SetAsync(context.TokenValidationParameters!, keys, scope, context.Token, context.CancellationToken);
        }
    }
}
