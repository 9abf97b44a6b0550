using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Modular.Host.Programs.Tokens;

/// <summary>The answer always says what the token is for, not only when that is less than was asked, and how long it lasts from its beginning.</summary>
public sealed class SayScope : IOpenIddictServerHandler<ProcessSignInContext>
{
    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.AccessTokenPrincipal is { } principal)
        {
            context.Response.Scope = string.Join(' ', principal.GetScopes().Order(StringComparer.Ordinal));
            context.Response.ExpiresIn = (long)(principal.GetExpirationDate()! - principal.GetCreationDate()!).Value.TotalSeconds;
        }

        return default;
    }
}
