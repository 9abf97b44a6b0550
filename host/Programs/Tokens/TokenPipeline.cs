using Microsoft.AspNetCore.Cors.Infrastructure;
using Modular.Host.Api;
using Modular.Host.Callers;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.SignIn.Provider;

namespace Modular.Host.Programs.Tokens;

public static class TokenPipeline
{
    /// <summary>
    /// OpenIddict stands only where programs and people meet it. Left alone, the framework would put it in front of every page, before the
    /// practice is known.
    /// </summary>
    public static void UseTokens(this WebApplication app)
    {
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(IsForPrograms, programs => programs.UseCors());
        app.UseWhen(http => Speaks(http) || http.GetEndpoint()?.Metadata is { } endpoint
            && (endpoint.GetMetadata<ApiMetadata>() is not null || endpoint.GetMetadata<MeetsProviderAttribute>() is not null), programs => programs.UseAuthentication());
    }

    private static bool IsForPrograms(HttpContext http) => http.Request.Headers.Origin.Count > 0 && (Speaks(http) || ApiAnswers.IsApi(http.Request.Path));

    private static bool Speaks(HttpContext http) => http.Request.Path.StartsWithSegments("/connect") || http.Request.Path.StartsWithSegments("/.well-known");
}

/// <summary>
/// Which pages elsewhere may call: those of the practice's apps in the browser, known by where they have people sent back to. Nothing that a
/// browser sends by itself counts there, so that being called is no danger; but only whoever is known reads the answer.
/// </summary>
public sealed class ProgramOrigins : ICorsPolicyProvider
{
    public async Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        var scope = context.RequestServices.GetRequiredService<ScopeContext>();
        if (!scope.HasPractice)
        {
            return null;
        }

        await using var connection = await scope.Practice.OpenAsync(context.RequestAborted);
        var addresses = await connection.QueryAsync("select unnest(redirect_uris) from core.programs where kind = 'browser' and revoked_at is null", [], r => r.GetString(0), context.RequestAborted);
        return new CorsPolicyBuilder([.. addresses.Select(a => new Uri(a).GetLeftPart(UriPartial.Authority)).Distinct()])
            .WithMethods("GET", "POST", "PATCH", "PUT", "DELETE")
            .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match")
            .WithExposedHeaders("ETag", "Location", "Retry-After", "WWW-Authenticate", "Idempotency-Replayed")
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10)).Build();
    }
}
