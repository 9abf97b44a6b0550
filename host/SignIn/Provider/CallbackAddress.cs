using System.Globalization;
using Microsoft.IdentityModel.Tokens;
using Modular.Host.Keys;
using Modular.Host.Practices;
using OpenIddict.Abstractions;
using OpenIddict.Client;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Client.OpenIddictClientEvents;

namespace Modular.Host.SignIn.Provider;

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
