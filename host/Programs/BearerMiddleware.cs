using Modular.Host.Api;
using Modular.Sdk;

namespace Modular.Host.Programs;

/// <summary>The program of the present request, or why there is none.</summary>
public sealed class CurrentProgram
{
    public KnownProgram? Program { get; set; }

    /// <summary>The token's own id, for the access log.</summary>
    public string? TokenId { get; set; }

    /// <summary>A token came and is not good.</summary>
    public bool BadToken { get; set; }

    /// <summary>The program has asked too often.</summary>
    public TimeSpan? Wait { get; set; }
}

/// <summary>After routing and before the gate: on addresses for programs, and only there, finds the program behind the bearer token.</summary>
public sealed class BearerMiddleware(RequestDelegate next, AccessTokens tokens, ProgramReader programs, RateLimits limits)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext http, ScopeContext scope, CurrentProgram current)
    {
        if (scope.HasPractice && http.GetEndpoint()?.Metadata.GetMetadata<ApiMetadata>() is not null
            && http.Request.Headers.Authorization.ToString() is { Length: > 0 } header)
        {
            await EnterAsync(http, scope, current, header);
        }

        await next(http);
    }

    private async Task EnterAsync(HttpContext http, ScopeContext scope, CurrentProgram current, string header)
    {
        var (practice, ct) = (scope.Practice, http.RequestAborted);
        var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header.Length < 8000
            ? await tokens.ReadAsync(practice, AccessTokens.Issuer(practice, http.Request), header[Scheme.Length..].Trim(), ct) : null;
        var program = token is null ? null : await programs.FindAsync(practice, token.Program, ct);
        if (program is null || program.Generation != token!.Generation)
        {
            current.BadToken = true;
            return;
        }

        (current.Program, current.TokenId) = (program, token.Id);
        current.Wait = limits.Count($"{practice.Id:N} {program.Id:N}", program.RequestsPerMinute);
        if (current.Wait is null)
        {
            scope.Become(program.Actor(token.Scopes, programs.Declared(practice)));
            await programs.UsedAsync(practice, program.Id, ct);
        }
    }
}
