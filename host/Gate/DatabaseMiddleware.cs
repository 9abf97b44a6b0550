using Modular.Host.Logging;
using Modular.Host.Practices;

namespace Modular.Host.Gate;

/// <summary>
/// When the database goes away under a request: what only reads is done once more when the server is back within moments; anything else gets
/// a page that says so and keeps what was typed.
/// </summary>
public sealed class DatabaseMiddleware(RequestDelegate next, DatabaseReturn server, IServiceScopeFactory scopes, ILogger<DatabaseMiddleware> log)
{
    private const string Away = "The database is starting. This takes a moment.";
    private const string Typed = "The database is starting, and this may not have been saved. What you typed is kept here: try again in a moment.";
    private const string Full = "The disk of the server is full, and nothing was saved. Please call whoever runs your system.";

    public async Task InvokeAsync(HttpContext http, ScopeContext scope)
    {
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested
            && (Failure.IsServerGone(e) || Failure.IsDiskFull(e)))
        {
            log.LogWarning("The database was away: {Reason}", Failure.Describe(e));
            var full = Failure.IsDiskFull(e);
            if (full || !await server.WaitAsync() || !IsRead(http) || !await TryAgainAsync(http))
            {
                await UnavailablePage.WriteAsync(http, scope.HasPractice ? scope.Practice : null, full ? Full : IsRead(http) ? Away : Typed);
            }
        }
    }

    /// <summary>A read changes nothing, so that doing it again is safe whatever came of it.</summary>
    private static bool IsRead(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);

    /// <summary>From the beginning, with services of its own: those of the first try hold the dead connection.</summary>
    private async Task<bool> TryAgainAsync(HttpContext http)
    {
        http.Response.Clear();
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        http.Items.Clear();
        var before = http.RequestServices;
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            http.RequestServices = scope.ServiceProvider;
            await next(http);
            return true;
        }
        catch (Exception e) when (!http.Response.HasStarted && Failure.IsServerGone(e))
        {
            return false;
        }
        finally
        {
            http.RequestServices = before;
        }
    }
}
