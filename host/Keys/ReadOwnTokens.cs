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

/// <summary>Tokens that come back to the practice: codes, refresh tokens, and access tokens that are asked about or revoked.</summary>
public sealed class ReadOwnTokens(SigningKeys keys, ScopeContext scope) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public async ValueTask HandleAsync(ValidateTokenContext context) =>
        await PracticeKeys.SetAsync(context.TokenValidationParameters, keys, scope, context.Token, context.CancellationToken);
}
