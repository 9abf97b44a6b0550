using Microsoft.AspNetCore.Cors.Infrastructure;
using Modular.Host.Api;
using Modular.Host.Callers;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.SignIn.Provider;

namespace Modular.Host.Programs.Tokens;

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
