using System.Diagnostics;
using OpenTelemetry;

namespace Modular.Host.Observability.Tracing;

/// <summary>
/// What a span says is on a list, whatever a library or its next version adds: no address or query of a request (they hold ids and what
/// people searched for), no text or parameter of a statement, no words of an exception. Before the exporter, which sees spans last.
/// </summary>
public sealed class SpanFilter : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Said =
    [
        // Requests: by route template, as in the log.
        "http.request.method", "http.route", "http.response.status_code", "url.scheme", "network.protocol.version", "error.type",
        // Queries: which database, how it ended.
        "db.system.name", "db.namespace", "db.operation.name", "db.response.status_code", "db.npgsql.prepared", "db.npgsql.rows", "server.address", "server.port",
        // Messages: which one, to whom.
        "messaging.system", "messaging.operation.name", "messaging.operation.type", "messaging.destination.name", "messaging.message_type", "messaging.destination",
    ];

    public override void OnEnd(Activity data)
    {
        foreach (var (name, _) in data.TagObjects.Where(tag => !Said.Contains(tag.Key)).ToList())
        {
            data.SetTag(name, null);
        }

        // The description is an exception's message.
        data.SetStatus(data.Status);
    }
}
