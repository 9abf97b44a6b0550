using Microsoft.AspNetCore.Diagnostics;
using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Gate;

/// <summary>
/// Before routing: what comes to the public pages, or to the practice's own host name for them, goes on without any cookie or token of the
/// staff. Where a practice has such a name, public pages answer there alone, and nothing else does.
/// </summary>
public sealed class PublicDoor(RequestDelegate next)
{
    private const string Robots = "User-agent: *\nDisallow: /\n";

    public async Task InvokeAsync(HttpContext http, ScopeContext scope)
    {
        if (http.Request.Path == "/robots.txt")
        {
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(Robots);
            return;
        }

        if (!scope.HasPractice || IsExplained(http))
        {
            await next(http);
            return;
        }

        var (name, asked) = (http.Request.Host.Host, http.Request.Path.StartsWithSegments("/public"));
        if (asked || scope.Practice.Row.PublicHosts.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            scope.Admit(new(PublicRequest.Enter(http).Language, null), Actor.Nobody);
        }

        if (scope.Practice.Row.Answers(name, asked))
        {
            await next(http);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    /// <summary>The page that says why it was refused, in place of what was asked for.</summary>
    private static bool IsExplained(HttpContext http) =>
        http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null;
}
