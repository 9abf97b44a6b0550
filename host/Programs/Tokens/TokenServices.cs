using OpenIddict.Server;
using OpenIddict.Validation;
using OpenIddict.Validation.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using Modular.Host.Keys;

namespace Modular.Host.Programs.Tokens;

/// <summary>OpenIddict, set up once for all practices; what differs from one to the next is put in for each request.</summary>
public static class TokenServices
{
    /// <summary>A refresh token lasts no longer than the session behind it can.</summary>
    private static readonly TimeSpan RefreshLasts = Callers.Session.AbsoluteLimit;

    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddScoped<Standings>().AddScoped<LetIn>();
        services.AddCors().AddSingleton<Microsoft.AspNetCore.Cors.Infrastructure.ICorsPolicyProvider, ProgramOrigins>();
        services.AddOpenIddict()
            .AddCore(core =>
            {
                core.UseEntityFrameworkCore().UseDbContext<ProgramsDb>().ReplaceDefaultEntities<ProgramClient, ProgramAuthorization, ProgramScope, ProgramToken, Guid>();
                core.ReplaceApplicationManager<ProgramClient, ProgramClients>();
            })
            .AddServer(AddServer)
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore().DisableAccessTokenExtractionFromQueryString().DisableAccessTokenExtractionFromBodyForm();
                validation.EnableTokenEntryValidation();
                validation.AddEventHandler<OpenIddictValidationEvents.ProcessRequestContext>(h => h.UseScopedHandler<ReaderAddress>()
                    .SetOrder(OpenIddictValidationAspNetCoreHandlers.ResolveRequestUri.Descriptor.Order + 500));
                validation.AddEventHandler<OpenIddictValidationEvents.ValidateTokenContext>(h => h.UseScopedHandler<ReadBearerTokens>()
                    .SetOrder(OpenIddictValidationHandlers.Protection.ResolveTokenValidationParameters.Descriptor.Order + 500));
                validation.AddEventHandler<OpenIddictValidationEvents.ValidateTokenContext>(h => h.UseScopedHandler<BearerTokenCounts>()
                    .SetOrder(OpenIddictValidationHandlers.Protection.ValidateTokenEntry.Descriptor.Order - 500));
            });
        return services;
    }

    private static void AddServer(OpenIddictServerBuilder server)
    {
        server.SetTokenEndpointUris("connect/token").SetAuthorizationEndpointUris("connect/authorize")
            .SetIntrospectionEndpointUris("connect/introspect").SetRevocationEndpointUris("connect/revoke");
        server.AllowClientCredentialsFlow().AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow();
        server.DisableAccessTokenEncryption().SetAccessTokenLifetime(AccessTokens.Lasts).SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(1));
        // A refresh token works once. Used a second time, somebody copied it, and everything that came of that sign-in ends.
        server.SetRefreshTokenLifetime(RefreshLasts).SetRefreshTokenReuseLeeway(TimeSpan.Zero);
        // Scopes are permissions: modules declare them, practice by practice, and each program has its own list.
        server.DisableScopeValidation().IgnoreScopePermissions();
        server.Configure(options =>
        {
            options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain);
            options.ResponseModes.RemoveWhere(mode => mode != ResponseModes.Query);
            options.PromptValues.RemoveWhere(prompt => prompt != PromptValues.Consent);
            options.ClientAuthenticationMethods.Remove(ClientAuthenticationMethods.PrivateKeyJwt);
            options.ClientAssertionTypes.Clear();
            options.Scopes.Clear();
        });
        // The options want one of each at the start; every request takes the practice's instead.
        server.AddEncryptionKey(UnusedKeys.Encryption()).AddSigningKey(UnusedKeys.Signing());
        server.UseAspNetCore().EnableTokenEndpointPassthrough().EnableAuthorizationEndpointPassthrough().EnableErrorPassthrough()
            .DisableTransportSecurityRequirement().SetRealm("programs");

        Add<ProcessRequestContext, ServerAddress>(server, ResolveRequestUri.Descriptor.Order + 500);
        Add<GenerateTokenContext, SignTokens>(server, OpenIddictServerHandlers.Protection.AttachSecurityCredentials.Descriptor.Order + 500);
        Add<ValidateTokenContext, ReadOwnTokens>(server, OpenIddictServerHandlers.Protection.ResolveTokenValidationParameters.Descriptor.Order + 500);
        Add<ValidateTokenContext, OwnTokenCounts>(server, OpenIddictServerHandlers.Protection.ValidateTokenEntry.Descriptor.Order - 500);
        Add<ValidateAuthorizationRequestContext, NameTheAddress>(server, OpenIddictServerHandlers.Authentication.ValidateRedirectUriParameter.Descriptor.Order + 500);
        Add<HandleAuthorizationRequestContext, AskForNoMore>(server, 0);
        Add<ProcessSignInContext, SayScope>(server, OpenIddictServerHandlers.AttachSignInParameters.Descriptor.Order + 500);
        Add<HandleIntrospectionRequestContext, SayWhatIsLeft>(server, int.MaxValue - 1000);
        Add<HandleJsonWebKeySetRequestContext, ShowKeys>(server, OpenIddictServerHandlers.Discovery.AttachSigningKeys.Descriptor.Order + 500);
        Add<HandleConfigurationRequestContext, SayAbilities>(server, int.MaxValue - 1000);
        BoundTries<ExtractTokenRequestContext, ApplyTokenResponseContext>(server);
        BoundTries<ExtractIntrospectionRequestContext, ApplyIntrospectionResponseContext>(server);
        BoundTries<ExtractRevocationRequestContext, ApplyRevocationResponseContext>(server);
    }

    private static void Add<TContext, THandler>(OpenIddictServerBuilder server, int order) where TContext : BaseContext where THandler : class, IOpenIddictServerHandler<TContext> =>
        server.AddEventHandler<TContext>(h => h.UseScopedHandler<THandler>().SetOrder(order));

    private static void BoundTries<TRequest, TResponse>(OpenIddictServerBuilder server) where TRequest : BaseValidatingContext where TResponse : BaseRequestContext
    {
        // Last, when the request is read: by then the program's id is known, wherever it stood.
        Add<TRequest, CountTries<TRequest>>(server, int.MaxValue - 1000);
        Add<TResponse, JudgeTries<TResponse>>(server, AttachHttpResponseCode<TResponse>.Descriptor.Order + 500);
    }
}
