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

/// <summary>The practice's address instead of the one in the request, where a balancer ends TLS.</summary>
public sealed class ServerAddress(ScopeContext scope) : IOpenIddictServerHandler<ProcessRequestContext>
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
