using System.Globalization;
using Microsoft.IdentityModel.Tokens;
using Modular.Host.Keys;
using Modular.Host.Practices;
using OpenIddict.Abstractions;
using OpenIddict.Client;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Client.OpenIddictClientEvents;

namespace Modular.Host.SignIn.Provider;

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
