using System.Globalization;
using System.Security.Claims;
using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Host.SignedIn;
using Modular.Sdk;
using OpenIddict.Abstractions;

namespace Modular.Host.Programs.Tokens;

/// <summary>
/// Whether a code or token still counts: it is of this practice, its program was neither cut off nor given a new generation, and the person
/// behind it is still signed in where they let the program in. Who signs out, is suspended or loses a role takes that from every program at once.
/// </summary>
public sealed class Standings(ProgramReader programs, SessionReader sessions, ScopeContext scope)
{
    /// <summary>The claims that every code and token carries, beside OAuth's own.</summary>
    public const string Practice = "practice";
    public const string Generation = "generation";
    public const string SessionId = "session";

    public async ValueTask<Standing?> FindAsync(ClaimsPrincipal token, CancellationToken ct)
    {
        if (token.GetClaim(Practice) != scope.Practice.Id.ToString("N") || token.GetPresenters() is not [var client] || !Guid.TryParseExact(client, "N", out var id)
            || await programs.FindAsync(scope.Practice, id, ct) is not { } program
            || token.GetClaim(Generation) != program.Generation.ToString(CultureInfo.InvariantCulture))
        {
            return null;
        }

        var scopes = token.GetScopes().ToHashSet();
        if (token.GetClaim(SessionId) is not { } of)
        {
            return token.GetClaim(OpenIddictConstants.Claims.Subject) == client ? new(program, null, scopes) : null;
        }

        return Guid.TryParseExact(of, "N", out var session) && await sessions.FindAsync(scope.Practice, session, ct) is { } open
            && token.GetClaim(OpenIddictConstants.Claims.Subject) == open.PersonId.ToString("N") ? new(program, open, scopes) : null;
    }

    /// <summary>What a token for a program, or for a person through it, is made of.</summary>
    /// <param name="address">Of the practice: for whom the token is.</param>
    public ClaimsPrincipal Principal(KnownProgram program, Session? session, IEnumerable<string> scopes, string address)
    {
        var identity = new ClaimsIdentity("OpenIddict", OpenIddictConstants.Claims.Name, OpenIddictConstants.Claims.Role);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, session?.PersonId.ToString("N") ?? program.ClientId)
            .SetClaim(Practice, scope.Practice.Id.ToString("N")).SetClaim(Generation, (long)program.Generation).SetClaim(SessionId, session?.Id.ToString("N"))
            .SetScopes(scopes).SetResources(new Uri(address).AbsoluteUri)
            .SetDestinations(_ => [OpenIddictConstants.Destinations.AccessToken]);
        return new(identity);
    }
}
