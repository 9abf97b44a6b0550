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

/// <summary>Tokens with which programs call.</summary>
public sealed class ReadBearerTokens(SigningKeys keys, ScopeContext scope) : IOpenIddictValidationHandler<OpenIddictValidationEvents.ValidateTokenContext>
{
    public async ValueTask HandleAsync(OpenIddictValidationEvents.ValidateTokenContext context) =>
        await PracticeKeys.SetAsync(context.TokenValidationParameters!, keys, scope, context.Token, context.CancellationToken);
}
