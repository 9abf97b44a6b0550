using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Modular.Host.Callers;
using Modular.Host.Programs;
using Modular.Sdk;

namespace Modular.Host.Api;

/// <summary>Refusals that come from before an action, written as the actions' own.</summary>
public static class ApiAnswers
{
    public static bool IsApi(PathString path) => path.StartsWithSegments("/api");

    public static Task WriteAsync(HttpContext http, int status, string sentence)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        var problem = (ProblemDetails)ApiProblem.Of(status, sentence).Value!;
        return http.Response.WriteAsJsonAsync(problem, JsonSerializerOptions.Web, ApiProblem.ContentType, http.RequestAborted);
    }

    /// <summary>The gate of an endpoint for programs.</summary>
    /// <returns>Null when the program may go on.</returns>
    public static Task? Refusal(HttpContext http, CurrentProgram current, Actor actor)
    {
        if (current.Wait is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return WriteAsync(http, StatusCodes.Status429TooManyRequests, $"This program may ask {current.Program!.RequestsPerMinute} times a minute. Wait as Retry-After says.");
        }

        if (current.Program is null)
        {
            http.Response.Headers.WWWAuthenticate = current.BadToken ? """Bearer error="invalid_token" """.Trim() : "Bearer";
            return WriteAsync(http, StatusCodes.Status401Unauthorized, current.BadToken
                ? "This token ran out, was ended, or is not of this practice. Ask /connect/token for another."
                : "Send a token of this practice as Authorization: Bearer. /connect/token gives it.");
        }

        if (http.GetEndpoint()!.Metadata.GetMetadata<NeedsAttribute>() is { } needs && !actor.Can(needs.Permission))
        {
            http.Response.Headers.WWWAuthenticate = new StringValues($"Bearer error=\"insufficient_scope\", scope=\"{needs.Permission}\"");
            return WriteAsync(http, StatusCodes.Status403Forbidden, $"The token lacks the scope {needs.Permission}.");
        }

        return null;
    }
}
