using System.Collections.Concurrent;
using System.Diagnostics;

namespace Modular.Tests.Harness;

/// <summary>
/// What one request asks the database, counted by the trace it belongs to: what jobs and other tests ask meanwhile does not count.
/// A batch is one question, as it is one round trip. Opening a connection is none: whether the pool has one to give depends on what
/// other tests do at that moment.
/// </summary>
public sealed class QueryCount : IDisposable
{
    private readonly ActivityTraceId trace = ActivityTraceId.CreateRandom();
    private readonly ConcurrentQueue<string> asked = new();
    private readonly ActivityListener listener;

    private QueryCount()
    {
        listener = new()
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == "Npgsql" && activity.TraceId == trace && activity.GetTagItem("db.query.text") is string question)
                {
                    asked.Enqueue(question);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>The questions of one page, in order; fails unless it is 200.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(TestClient desk, string url, params (string Name, string Value)[] headers)
    {
        using var count = new QueryCount();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("traceparent", $"00-{count.trace}-{ActivitySpanId.CreateRandom()}-01");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await desk.Http.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        await response.Content.ReadAsStringAsync();
        return [.. count.asked];
    }

    public void Dispose() => listener.Dispose();
}
