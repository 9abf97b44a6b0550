using System.Globalization;
using Microsoft.AspNetCore;
using Modular.Host.Callers;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignedIn;
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

/// <summary>
/// A program asks people for no more than the practice gave it. Said once the request is judged to be right in itself: only then does OpenIddict
/// send an error back to the program.
/// </summary>
public sealed class AskForNoMore(ProgramReader programs, ScopeContext scope) : IOpenIddictServerHandler<HandleAuthorizationRequestContext>
{
    public async ValueTask HandleAsync(HandleAuthorizationRequestContext context)
    {
        var program = await programs.FindAsync(scope.Practice, Guid.ParseExact(context.Request.ClientId!, "N"), context.CancellationToken);
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

/// <summary>
/// Secrets, codes and refresh tokens have 256 bits and are never guessed; this bounds the noise. Counted by program and network address before
/// they are looked at, so that many sent at once get no more tries than others, and one program's guesses shut out no other.
/// </summary>
public sealed class CountTries<TContext>(RateLimits limits, ProgramReader programs, ScopeContext scope) : IOpenIddictServerHandler<TContext> where TContext : BaseValidatingContext
{
    public async ValueTask HandleAsync(TContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        // Names that somebody makes up share one count: they must not fill the memory.
        var program = Guid.TryParseExact(context.Transaction.Request?.ClientId, "N", out var id) ? await programs.FindAsync(scope.Practice, id, context.CancellationToken) : null;
        var tried = new Tries($"token {scope.Practice.Id:N} {program?.ClientId} {Sessions.Ip(http)}");
        context.Transaction.SetProperty(Tries.Property, tried);
        if (limits.Count(tried.Key, Tries.PerMinute) is { } wait)
        {
            tried.Wait = wait;
            context.Reject(Errors.TemporarilyUnavailable, "Too often. Wait as Retry-After says.");
        }
    }
}

/// <summary>What was right is taken back from the count; what came too often says how long to wait.</summary>
public sealed class JudgeTries<TContext>(RateLimits limits) : IOpenIddictServerHandler<TContext> where TContext : BaseRequestContext
{
    public ValueTask HandleAsync(TContext context)
    {
        var error = context.Transaction.Response!.Error;
        if (context.Transaction.GetProperty<Tries>(Tries.Property) is not { } tried)
        {
            return default;
        }

        if (tried.Wait is { } wait)
        {
            var answer = context.Transaction.GetHttpRequest()!.HttpContext.Response;
            answer.StatusCode = StatusCodes.Status429TooManyRequests;
            answer.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
        else if (error is not (Errors.InvalidClient or Errors.InvalidGrant))
        {
            limits.TakeBack(tried.Key);
        }

        return default;
    }
}

/// <param name="Key">Of what is counted for this request.</param>
public sealed record Tries(string Key)
{
    public const string Property = "tries";
    public const int PerMinute = 60;

    public TimeSpan? Wait { get; set; }
}
