using System.Collections.Concurrent;
using Microsoft.IdentityModel.Protocols;
using OpenIddict.Abstractions;
using OpenIddict.Client;
using Modular.Host.Practices;

namespace Modular.Host.SignIn.Provider;

/// <summary>
/// Gives OpenIddict the provider of the practice that the request is for: found when asked for, never in the options, made anew when somebody
/// changed it. What it read of the provider's keys is kept with it.
/// </summary>
public sealed class ProviderRegistrations(IHttpContextAccessor http, IServiceProvider services) : OpenIddictClientService(services)
{
    public const string Name = "practice";
    public const string Callback = "account/sign-in/callback";

    /// <summary>How far the provider's clock may be from ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Known> known = new();

    public override async ValueTask<OpenIddictClientRegistration> GetClientRegistrationByIdAsync(string identifier, CancellationToken cancellationToken = default)
    {
        var request = http.HttpContext!.RequestServices;
        var providers = request.GetRequiredService<Providers>();
        var provider = await providers.FindAsync(cancellationToken) ?? throw new InvalidOperationException("This practice has no sign-in provider.");
        var now = new Known(provider.Issuer, provider.ClientId, await providers.SecretAsync(cancellationToken), null);
        var practice = request.GetRequiredService<ScopeContext>().Practice.Id;
        if (!known.TryGetValue(practice, out var before) || before with { Registration = null } != now)
        {
            known[practice] = before = now with { Registration = Make(now) };
        }

        return before.Registration!;
    }

    private OpenIddictClientRegistration Make(Known known)
    {
        var issuer = new Uri(known.Issuer);
        var registration = new OpenIddictClientRegistration
        {
            RegistrationId = Name, Issuer = issuer, ClientId = known.ClientId, ClientSecret = known.Secret, RedirectUri = new(Callback, UriKind.Relative),
            Scopes = { "openid", "email", "profile" },
            ConfigurationEndpoint = new(issuer.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration"),
        };
        registration.TokenValidationParameters.ClockSkew = Skew;
        registration.ConfigurationManager = new ConfigurationManager<OpenIddictConfiguration>(registration.ConfigurationEndpoint.AbsoluteUri, new OpenIddictClientRetriever(this, registration));
        return registration;
    }

    private sealed record Known(string Issuer, string ClientId, string? Secret, OpenIddictClientRegistration? Registration);
}
