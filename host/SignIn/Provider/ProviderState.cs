using System.Globalization;
using Microsoft.IdentityModel.Tokens;
using Modular.Host.Keys;
using Modular.Host.Practices;
using OpenIddict.Abstractions;
using OpenIddict.Client;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Client.OpenIddictClientEvents;

namespace Modular.Host.SignIn.Provider;

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

/// <summary>
/// OpenIddict's client (7.8.0) asks of its own state alone how old it is; a provider's identity token ran out when its <c>exp</c> says so, and one
/// that does not say is none (OpenID Connect Core 1.0, section 2).
/// </summary>
public sealed class IdentityTokenAge : IOpenIddictClientHandler<ValidateTokenContext>
{
    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal is { } identity && context.ValidTokenTypes.Contains(TokenTypeIdentifiers.IdentityToken))
        {
            if (long.TryParse(identity.GetClaim(Claims.ExpiresAt), NumberStyles.Integer, CultureInfo.InvariantCulture, out var end))
            {
                identity.SetExpirationDate(DateTimeOffset.FromUnixTimeSeconds(end));
            }
            else
            {
                context.Reject(Errors.InvalidToken, "The identity token does not say when it runs out.");
            }
        }

        return default;
    }
}
