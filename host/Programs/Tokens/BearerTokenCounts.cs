using OpenIddict.Abstractions;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Modular.Host.Programs.Tokens;

/// <summary>The same where programs call.</summary>
public sealed class BearerTokenCounts(Standings standings, IOpenIddictTokenManager tokens) : IOpenIddictValidationHandler<OpenIddictValidationEvents.ValidateTokenContext>
{
    public async ValueTask HandleAsync(OpenIddictValidationEvents.ValidateTokenContext context)
    {
        if (await standings.FindAsync(context.Principal!, context.CancellationToken) is null || !await OwnTokenCounts.IsKnownAsync(tokens, context.TokenId, context.CancellationToken))
        {
            context.Reject(Errors.InvalidToken, "This token ran out, was ended, or is not of this practice.");
        }
    }
}
