using System.Collections;
using Modular.Host.Practices;

namespace Modular.Host.Observability;

/// <summary>
/// One line a request: method, route template, status, time. The address itself stays out, because it holds ids and what
/// people searched for. Every line logged inside carries practice, person and correlation id.
/// </summary>
public sealed class RequestLog(RequestDelegate next, RequestMetrics metrics, TimeProvider clock, ILogger<RequestLog> log)
{
    public const string Header = "X-Correlation-Id";

    public async Task InvokeAsync(HttpContext http, ScopeContext scope)
    {
        if (Guid.TryParse(http.Request.Headers[Header], out var given))
        {
            scope.CorrelationId = given;
        }

        // At the start of the answer: the error page begins by clearing all headers.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[Header] = scope.CorrelationId.ToString();
            return Task.CompletedTask;
        });
        var started = clock.GetTimestamp();
        using (log.BeginScope(new Identity(scope)))
        {
            var status = StatusCodes.Status500InternalServerError;
            try
            {
                await next(http);
                status = http.Response.StatusCode;
            }
            finally
            {
                var route = Route(http);
                var took = clock.GetElapsedTime(started);
                metrics.Add(http.Request.Method, route, status, took);
                log.Log(route == Static ? LogLevel.Debug : LogLevel.Information, "{Method} {Route} {Status} {Milliseconds}", http.Request.Method, route, status, (int)took.TotalMilliseconds);
            }
        }
    }

    private const string Static = "(file)";

    /// <summary>After routing, the first time only: a failure runs the page that explains it through the same pipeline.</summary>
    public static Task NoteRoute(HttpContext http, RequestDelegate next)
    {
        http.Items.TryAdd(typeof(RequestLog), http.GetEndpoint());
        return next(http);
    }

    /// <summary>What the request was for, whatever page answered it; null for files and addresses that are nowhere.</summary>
    public static RouteEndpoint? Asked(HttpContext http) => http.Items[typeof(RequestLog)] as RouteEndpoint;

    private static string Route(HttpContext http) =>
        Asked(http) is { } route ? "/" + route.RoutePattern.RawText?.TrimStart('/')
        : http.Response.StatusCode == StatusCodes.Status404NotFound ? "(none)" : Static;

    /// <summary>Read when a line is written: the person is known only after the session was found.</summary>
    private sealed class Identity(ScopeContext scope) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => 3;

        public KeyValuePair<string, object?> this[int index] => index switch
        {
            0 => new("practice", scope.HasPractice ? scope.Practice.Row.Slug : null),
            1 => new("person", scope.Actor.Id),
            2 => new("correlation", scope.CorrelationId),
            _ => throw new ArgumentOutOfRangeException(nameof(index)),
        };

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            for (var i = 0; i < Count; i++)
            {
                yield return this[i];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => $"{this[0].Value} {this[1].Value} {this[2].Value}";
    }
}
