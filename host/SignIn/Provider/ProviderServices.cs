using Modular.Host.Callers;
using Modular.Host.Keys;
using OpenIddict.Client;
using OpenIddict.Client.AspNetCore;
using OpenIddict.Client.SystemNetHttp;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Client.OpenIddictClientEvents;

namespace Modular.Host.SignIn.Provider;

/// <summary>On an action from which, or to which, a person's browser goes to the practice's provider.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MeetsProviderAttribute : Attribute;

public static class ProviderServices
{
    public static IServiceCollection AddProviderSignIn(this IServiceCollection services)
    {
        services.AddSingleton<ProviderCalls>().AddScoped<Providers>().AddScoped<ProviderDoor>();
        // Before AddClient, which leaves it.
        services.AddSingleton<OpenIddictClientService, ProviderRegistrations>();
        services.AddOpenIddict().AddClient(client =>
        {
            client.AllowAuthorizationCodeFlow().SetRedirectionEndpointUris(ProviderRegistrations.Callback);
            // The answer is bound to the browser by a cookie that serves once; a row for each would say nothing more.
            client.DisableTokenStorage();
            client.AddEncryptionKey(UnusedKeys.Encryption()).AddSigningKey(UnusedKeys.Signing());
            client.UseAspNetCore().EnableRedirectionEndpointPassthrough().EnableErrorPassthrough().DisableTransportSecurityRequirement()
                // The provider's page leads back to ours: a strict cookie would not come along.
                .Configure(options => options.CookieBuilder = new HostCookie("sign-in", SameSiteMode.Lax));
            client.UseSystemNetHttp();
            client.AddEventHandler<ProcessRequestContext>(h => h.UseScopedHandler<CallbackAddress>().SetOrder(OpenIddictClientAspNetCoreHandlers.ResolveRequestUri.Descriptor.Order + 500));
            client.AddEventHandler<GenerateTokenContext>(h => h.UseScopedHandler<SealState>().SetOrder(OpenIddictClientHandlers.Protection.AttachSecurityCredentials.Descriptor.Order + 500));
            client.AddEventHandler<ValidateTokenContext>(h => h.UseScopedHandler<OpenState>().SetOrder(OpenIddictClientHandlers.Protection.ResolveTokenValidationParameters.Descriptor.Order + 500));
            client.AddEventHandler<ValidateTokenContext>(h => h.UseSingletonHandler<IdentityTokenAge>().SetOrder(OpenIddictClientHandlers.Protection.MapInternalClaims.Descriptor.Order + 500));
            Call<ApplyConfigurationRequestContext>(client);
            Call<ApplyJsonWebKeySetRequestContext>(client);
            Call<ApplyTokenRequestContext>(client);
            Call<ApplyUserInfoRequestContext>(client);
        });
        return services;
    }

    private static void Call<TContext>(OpenIddictClientBuilder client) where TContext : BaseExternalContext
    {
        var own = OpenIddictClientSystemNetHttpHandlers.SendHttpRequest<TContext>.Descriptor;
        client.RemoveEventHandler(own).AddEventHandler<TContext>(h => h.UseScopedHandler<SendToProvider<TContext>>().SetOrder(own.Order));
    }
}
