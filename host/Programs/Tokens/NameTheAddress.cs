using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Modular.Host.Programs.Tokens;

/// <summary>Where the answer goes is said each time: a program that leaves it out could not tell whether it was bent on the way.</summary>
public sealed class NameTheAddress : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (string.IsNullOrEmpty(context.Request.RedirectUri))
        {
            context.Reject(Errors.InvalidRequest, "The redirect_uri is missing.");
        }

        return default;
    }
}
