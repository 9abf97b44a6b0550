using Microsoft.AspNetCore.Authentication;
using Modular.Host.Api;
using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Host.Programs.Tokens;
using Modular.Sdk;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;

namespace Modular.Host.Programs;

/// <summary>After routing and before the gate: on addresses for programs, and only there, finds who stands behind the bearer token.</summary>
public sealed class BearerMiddleware(RequestDelegate next, ProgramReader programs, RateLimits limits)
{
    private const int LongestHeader = 8000;

    public async Task InvokeAsync(HttpContext http, ScopeContext scope, CurrentProgram current)
    {
        if (scope.HasPractice && http.GetEndpoint()?.Metadata.GetMetadata<ApiMetadata>() is not null && http.Request.Headers.Authorization.ToString() is { Length: > 0 } header)
        {
            await EnterAsync(http, scope, current, header);
        }

        await next(http);
    }

    private async Task EnterAsync(HttpContext http, ScopeContext scope, CurrentProgram current, string header)
    {
        var (practice, ct) = (scope.Practice, http.RequestAborted);
        var token = header.Length < LongestHeader ? (await http.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)).Principal : null;
        if (token is null || await http.RequestServices.GetRequiredService<Standings>().FindAsync(token, ct) is not { } standing)
        {
            current.BadToken = true;
            return;
        }

        var program = standing.Program;
        (current.Program, current.TokenId) = (program, token.GetClaim(OpenIddictConstants.Claims.JwtId));
        // Each person at whose desk a program runs has the program's number to themselves.
        current.Wait = limits.Count($"{practice.Id:N} {program.Id:N} {standing.Session?.PersonId:N}", program.RequestsPerMinute);
        if (current.Wait is null)
        {
            scope.Become(standing.Actor(programs.Declared(practice)));
            await programs.UsedAsync(practice, program.Id, ct);
        }
    }
}
