using Microsoft.AspNetCore.Cors.Infrastructure;
using Modular.Host.Api;
using Modular.Host.Callers;
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
