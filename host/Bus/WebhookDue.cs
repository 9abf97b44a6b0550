using System.Text.Json;
using Modular.Sdk;

namespace Modular.Host.Bus;

/// <summary>One message for one webhook. Published in the transaction of the message itself, so that the one exists exactly when the other does.</summary>
/// <param name="MessageId">The same at every attempt: what the receiver tells doubles by.</param>
[Message(Name, OneHandler = true)]
public sealed record WebhookDue(Guid WebhookId, Guid MessageId, string Alias, DateTimeOffset OccurredAt, JsonElement Data)
{
    public const string Name = "core.webhook-due.v1";

    /// <summary>Where they queue; failed ones are listed under it.</summary>
    public const string Queue = "core.webhook-due";

    public static OutgoingRow Of(Guid webhook, OutgoingRow row, DateTimeOffset now)
    {
        using var body = JsonDocument.Parse(row.Body);
        var due = OutgoingRow.From(
            new WebhookDue(webhook, row.Id, row.Alias, row.OccurredAt, body.RootElement.Clone()), new(ScheduledAt: row.ScheduledAt, Bulk: row.Bulk),
            Actor.System(row.ActorName), row.CorrelationId, null, now);
        return due with { CausationId = row.Id };
    }
}
