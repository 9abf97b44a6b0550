using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Modular.Tests.Harness;

/// <summary>
/// An identity provider of somebody else, with one account: whoever comes is signed in as it, at once. A test says what the account is, and
/// what is wrong with the provider.
/// </summary>
public sealed class OutsideProvider : IAsyncDisposable
{
    public const string ClientId = "modular";
    public const string Secret = "a secret between the two";

    private WebApplication app = null!;

    public string Subject { get; set; } = "account-1";

    public string? Address { get; set; }

    public bool? Verified { get; set; } = true;

    /// <summary>When the account's password was typed; null says nothing.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    public string? WrongIssuer { get; set; }

    public string? WrongNonce { get; set; }

    /// <summary>Answers nothing but 503.</summary>
    public bool Down { get; set; }

    /// <summary>Its user says no.</summary>
    public bool Refuses { get; set; }

    public OffClock Clock { get; } = new();

    public string Issuer => app.Urls.First() + "/";

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(Configure);
        app = builder.Build();
        app.Use((http, next) =>
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Down ? Task.CompletedTask : next(http);
        });
        app.UseAuthentication();
        await app.StartAsync();
    }

    /// <summary>The provider's own part of the way: from the address that a browser was sent to, to the one it is sent back to.</summary>
    public static async Task<Uri> PassAsync(Uri asked)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await browser.GetAsync(asked);
        Assert.True(answer.Headers.Location is not null, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Configure(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").AllowAuthorizationCodeFlow().RegisterScopes("email", "profile");
        server.EnableDegradedMode().AddEphemeralEncryptionKey().AddEphemeralSigningKey();
        server.Configure(options => options.TimeProvider = Clock);
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(h => h.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || !context.RedirectUri!.EndsWith("/account/sign-in/callback", StringComparison.Ordinal))
            {
                context.Reject(Errors.InvalidClient, "Unknown.");
            }

            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(h => h.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || context.ClientSecret != Secret)
            {
                context.Reject(Errors.InvalidClient, "Wrong secret.");
            }

            return default;
        }));
        server.AddEventHandler<HandleAuthorizationRequestContext>(h => h.UseInlineHandler(context =>
        {
            if (Refuses)
            {
                context.Reject(Errors.AccessDenied, "No.");
            }
            else
            {
                context.SignIn(Account(context.Request));
            }

            return default;
        }));
        server.AddEventHandler<ProcessSignInContext>(h => h.UseInlineHandler(context =>
        {
            if (context.IdentityTokenPrincipal is { } token)
            {
                token.SetClaim(Claims.Private.Issuer, WrongIssuer ?? token.GetClaim(Claims.Private.Issuer));
                token.SetClaim(Claims.Private.Nonce, WrongNonce ?? token.GetClaim(Claims.Private.Nonce));
                token.SetClaim(Claims.Nonce, WrongNonce ?? token.GetClaim(Claims.Nonce));
            }

            return default;
        }).SetOrder(OpenIddictServerHandlers.AttachTokenDigests.Descriptor.Order + 500));
    }

    private ClaimsPrincipal Account(OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity("outside", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, Subject).SetClaim(Claims.Email, Address).SetScopes(request.GetScopes());
        if (Verified is { } verified)
        {
            identity.SetClaim(Claims.EmailVerified, verified);
        }

        if (AskedAt is { } at)
        {
            identity.SetClaim(Claims.AuthenticationTime, at.ToUnixTimeSeconds());
        }

        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        return new(identity);
    }

    public sealed class OffClock : TimeProvider
    {
        public TimeSpan Off { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Off;
    }
}
