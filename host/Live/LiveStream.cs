using System.Text.Json;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Live;

/// <summary>
/// <c>/live?topics=a,b</c>: server-sent events with topic and id. The right to each topic is judged again with every heartbeat and
/// whenever a session or the practice changed; when none is left the stream ends, and so does it with the session.
/// </summary>
public sealed class LiveStream(LiveHub hub, LiveSession session, ScopeContext scope, IHostApplicationLifetime process, TimeProvider clock)
{
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private const int MostTopics = 32;

    public async Task ServeAsync(HttpContext http, string asked)
    {
        using var reader = hub.Open(scope.Practice.Id);
        string[] wanted = [.. asked.Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MostTopics)];
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, process.ApplicationStopping);
        if (!await JudgeAsync(reader, wanted, end.Token))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await http.Response.WriteAsync(": open\n\n", end.Token);
            await http.Response.Body.FlushAsync(end.Token);
            while (await NextAsync(reader, wanted, http, end.Token))
            {
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page went away, or the host does.
        }
    }

    /// <summary>Waits for news, a heartbeat or a reason to judge again, and writes what there is.</summary>
    private async Task<bool> NextAsync(LiveReader reader, string[] wanted, HttpContext http, CancellationToken ct)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(ct);
        void Judge(Guid practice)
        {
            if (practice == scope.Practice.Id)
            {
                wake.CancelAfter(0);
            }
        }

        hub.Judged += Judge;
        await using var beat = clock.CreateTimer(_ => wake.CancelAfter(0), null, Heartbeat, Timeout.InfiniteTimeSpan);
        try
        {
            await reader.WaitAsync(wake.Token);
            while (reader.TryRead(out var news))
            {
                await http.Response.WriteAsync($"data: {JsonSerializer.Serialize(new { topic = news!.Topic, id = news.Key })}\n\n", ct);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            if (!await JudgeAsync(reader, wanted, ct))
            {
                return false;
            }

            await http.Response.WriteAsync(": still here\n\n", ct);
        }
        finally
        {
            hub.Judged -= Judge;
        }

        await http.Response.Body.FlushAsync(ct);
        return true;
    }

    private async Task<bool> JudgeAsync(LiveReader reader, string[] wanted, CancellationToken ct)
    {
        var actor = await session.ActorAsync(ct);
        reader.Subscription = actor is null ? LiveSubscription.None
            : new(wanted.Where(t => hub.Find(t) is { } topic && scope.Practice.IsOn(LiveHub.ModuleOf(t)) && May(actor, topic)).ToHashSet(), Reach(actor));
        return reader.Subscription.Topics.Count > 0;
    }

    private static HashSet<Guid>? Reach(Actor actor) => DataScope.Of(actor) is { AllLocations: false } data ? [.. data.Locations] : null;

    private static bool May(Actor actor, TopicDeclaration topic) => actor.SignedIn && (topic.Permission.Length == 0 || actor.Can(topic.Permission));
}
