using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Modular.Host.Observability;

/// <summary>Requests of this process by route template and status, with their durations. Templates, never addresses: those hold ids.</summary>
public sealed class RequestMetrics
{
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<(string Method, string Route, int Status), Durations> requests = new();

    public void Add(string method, string route, int status, TimeSpan took) => requests.GetOrAdd((method, route, status), _ => new()).Add(took.TotalSeconds);

    public void WriteTo(StringBuilder text)
    {
        text.Append("# HELP http_request_duration_seconds How long requests took.\n# TYPE http_request_duration_seconds histogram\n");
        foreach (var ((method, route, status), durations) in requests.OrderBy(r => r.Key.Route).ThenBy(r => r.Key.Status))
        {
            durations.WriteTo(text, $"method=\"{PrometheusText.Escape(method)}\",route=\"{PrometheusText.Escape(route)}\",status=\"{status}\"");
        }
    }

    private sealed class Durations
    {
        private readonly long[] buckets = new long[Bounds.Length + 1];
        private long microseconds;

        public void Add(double seconds)
        {
            var bucket = Array.FindIndex(Bounds, b => seconds <= b);
            Interlocked.Increment(ref buckets[bucket < 0 ? Bounds.Length : bucket]);
            Interlocked.Add(ref microseconds, (long)(seconds * 1_000_000));
        }

        public void WriteTo(StringBuilder text, string labels)
        {
            var count = 0L;
            for (var i = 0; i <= Bounds.Length; i++)
            {
                count += Interlocked.Read(ref buckets[i]);
                var bound = i == Bounds.Length ? "+Inf" : Bounds[i].ToString(CultureInfo.InvariantCulture);
                text.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_bucket{{{labels},le=\"{bound}\"}} {count}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_sum{{{labels}}} {Interlocked.Read(ref microseconds) / 1_000_000.0}\n");
            text.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_count{{{labels}}} {count}\n");
        }
    }
}
