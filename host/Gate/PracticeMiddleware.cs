using Modular.Host.Practices;
using Modular.Host.Start;

namespace Modular.Host.Gate;

/// <summary>Finds the practice by host name before routing; unknown names get nothing.</summary>
public sealed class PracticeMiddleware(RequestDelegate next, PracticeRegistry practices, StartOptions options)
{
    /// <summary>Paths of the process, not of a practice: probes and metrics answer whatever the host name.</summary>
    private static bool IsProcess(PathString path) => path.StartsWithSegments("/health") || path.StartsWithSegments("/metrics");

    public async Task InvokeAsync(HttpContext http, ScopeContext scope)
    {
        if (IsProcess(http.Request.Path))
        {
            await next(http);
            return;
        }

        if (practices.Resolve(http.Request.Host) is not { } practice)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (practice.Row.Demo && !options.Demo)
        {
            await UnavailablePage.WriteAsync(http, practice, "This is the demo practice, whose passwords everybody knows. It is served by a host that was started with --demo.");
            return;
        }

        if (!practice.Snapshot.Ready || practice.Row.Status != "active")
        {
            await UnavailablePage.WriteAsync(http, practice, practice.Row.Status != "active" ? "This practice is suspended. Please call whoever runs your system."
                : practice.Fault is not null ? "This practice cannot be opened at the moment. It is tried again by itself; whoever runs your system can see the reason with the doctor command."
                : "Modular is being upgraded. This page comes back by itself in a moment.");
            return;
        }

        scope.Enter(practice);
        await next(http);
    }
}
