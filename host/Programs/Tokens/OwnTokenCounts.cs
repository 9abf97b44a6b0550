using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Modular.Host.Programs.Tokens;

/// <summary>A code or token that comes back counts only as long as program and person do, see <see cref="Standings"/>.</summary>
public sealed class OwnTokenCounts(Standings standings, IOpenIddictTokenManager tokens) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (await standings.FindAsync(context.Principal!, context.CancellationToken) is null || !await IsKnownAsync(tokens, context.TokenId, context.CancellationToken))
        {
            context.Reject(Errors.InvalidToken, "This ran out, was ended, or the person behind it signed out or lost their access.");
        }
    }

    /// <summary>False for one whose row was pruned, or is of a copy of the practice. OpenIddict holds that to be impossible.</summary>
    public static async ValueTask<bool> IsKnownAsync(IOpenIddictTokenManager tokens, string? id, CancellationToken ct) =>
        string.IsNullOrEmpty(id) || await tokens.FindByIdAsync(id, ct) is not null;
}
