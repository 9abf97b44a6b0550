using System.Globalization;
using Microsoft.AspNetCore;
using Modular.Host.Modules;
using Modular.Host.People;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using OpenIddict.Validation;
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

/// <summary>A program asks people for no more than the practice gave it.</summary>
public sealed class AskForNoMore(ProgramReader programs, ScopeContext scope) : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    public async ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        var program = await programs.FindAsync(scope.Practice, Guid.ParseExact(context.ClientId!, "N"), context.CancellationToken);
        if (context.Request.GetScopes().FirstOrDefault(s => s != Scopes.OfflineAccess && program?.Scopes.Contains(s) != true) is { } beyond)
        {
            context.Reject(Errors.InvalidScope, $"This program was not given {beyond}.");
        }
    }
}

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

/// <summary>Whoever asks about a token of its own learns what is left of it at this moment.</summary>
public sealed class SayWhatIsLeft(Standings standings, ProgramReader programs, ScopeContext scope) : IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    public async ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        if (await standings.FindAsync(context.GenericTokenPrincipal, context.CancellationToken) is { } standing)
        {
            context.ClientId = standing.Program.ClientId;
            context.Scopes.Clear();
            context.Scopes.UnionWith(standing.Actor(programs.Declared(scope.Practice)).Permissions);
        }
    }
}

/// <summary>What the discovery document says that differs from practice to practice.</summary>
public sealed class SayAbilities(InstalledModules modules, ScopeContext scope) : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        context.Scopes.Clear();
        context.Scopes.UnionWith(RolePermissions.Declared(modules, scope.Practice).Select(p => p.Id).Order(StringComparer.Ordinal).Append(Scopes.OfflineAccess));
        context.IdTokenSigningAlgorithms.Clear();
        context.IdTokenSigningAlgorithms.Add(Algorithms.EcdsaSha256);
        context.TokenEndpointAuthenticationMethods.Add(ClientAuthenticationMethods.None);
        return default;
    }
}

/// <summary>A secret has 256 bits and is never guessed; this bounds the noise.</summary>
public sealed class BoundGuesses<TContext>(RateLimits limits, ScopeContext scope) : IOpenIddictServerHandler<TContext> where TContext : BaseRequestContext
{
    public const int WrongPerMinute = 30;

    public ValueTask HandleAsync(TContext context)
    {
        var response = context.Transaction.Response!;
        if (response.Error == Errors.InvalidClient && context.Transaction.GetHttpRequest()!.HttpContext is var http
            && limits.Count($"wrong {scope.Practice.Id:N} {Sessions.Ip(http)}", WrongPerMinute) is { } wait)
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            (response.Error, response.ErrorDescription, response.ErrorUri) = (Errors.TemporarilyUnavailable, "Too often. Wait as Retry-After says.", null);
        }

        return default;
    }
}
