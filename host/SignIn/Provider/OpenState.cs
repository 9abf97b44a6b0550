using System.Globalization;
using Microsoft.IdentityModel.Tokens;
using Modular.Host.Keys;
using Modular.Host.Practices;
using OpenIddict.Abstractions;
using OpenIddict.Client;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Client.OpenIddictClientEvents;

namespace Modular.Host.SignIn.Provider;

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
