using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Host.Keys;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Host.Programs.Tokens;
using Modular.Sdk;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace Modular.Host.Connect;

/// <summary>What the token endpoint gives, once OpenIddict knows that the request, the program and its secret are right.</summary>
public sealed class TokenEndpoint(ProgramReader programs, Standings standings, RateLimits limits, ScopeContext scope) : ApiSlice
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    [HttpPost("/connect/token")]
    [OpenTo(Audience.Anyone, "Whoever calls proves by the secret, or by the code that a person let it have, which program it is.")]
    public async Task<IActionResult> Post(CancellationToken ct)
    {
        var request = HttpContext.GetOpenIddictServerRequest()!;
        var program = (await programs.FindAsync(scope.Practice, Guid.ParseExact(request.ClientId!, "N"), ct))!;
        var (asked, fault) = request.IsClientCredentialsGrantType() ? ForItself(program, request) : await ForPersonAsync();
        var person = asked is null || request.IsClientCredentialsGrantType() ? null : asked.GetClaim(OpenIddictConstants.Claims.Subject);
        if (limits.Count($"{scope.Practice.Id:N} {program.Id:N} {person}", program.RequestsPerMinute) is { } wait)
        {
            return Later(wait);
        }

        if (asked is null)
        {
            return fault!;
        }

        await programs.UsedAsync(scope.Practice, program.Id, ct);
        return SignIn(asked, Scheme);
    }

    private (ClaimsPrincipal? Principal, IActionResult? Fault) ForItself(KnownProgram program, OpenIddictRequest request)
    {
        var wanted = request.GetScopes();
        if (wanted.FirstOrDefault(s => !program.Scopes.Contains(s)) is { } beyond)
        {
            return (null, Fault(OpenIddictConstants.Errors.InvalidScope, $"This program was not given {beyond}."));
        }

        var given = (wanted.Length > 0 ? wanted : [.. program.Scopes]).Where(programs.Declared(scope.Practice).Contains).Order(StringComparer.Ordinal);
        return (standings.Principal(program, null, given, AccessTokens.Issuer(scope.Practice, Request)), null);
    }

    /// <summary>A code or a refresh token is given on for what it stands for; OpenIddict has seen to it that it counts.</summary>
    private async Task<(ClaimsPrincipal? Principal, IActionResult? Fault)> ForPersonAsync() =>
        (await HttpContext.AuthenticateAsync(Scheme)).Principal is { } kept ? (kept, null)
            : (null, Fault(OpenIddictConstants.Errors.InvalidGrant, "This ran out, was used before, or the person behind it signed out or lost their access."));

    private ForbidResult Fault(string error, string sentence) => Forbid(new AuthenticationProperties(new Dictionary<string, string?>
    {
        [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
        [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = sentence,
    }), Scheme);

    private ObjectResult Later(TimeSpan wait)
    {
        (Response.Headers.CacheControl, Response.Headers.Pragma) = ("no-store", "no-cache");
        Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return StatusCode(StatusCodes.Status429TooManyRequests, new Dictionary<string, string>
        {
            ["error"] = OpenIddictConstants.Errors.TemporarilyUnavailable, ["error_description"] = "Too often. Wait as Retry-After says.",
        });
    }
}
