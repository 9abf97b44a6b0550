using System.Text.Json;
using Modular.Host.Audit;
using Modular.Host.Bus.Groups;
using Modular.Host.Contracts;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Bus;

/// <summary>
/// What this request or message published so far. Written in one statement just before its transaction commits;
/// after the commit the rows are only handed to memory.
/// </summary>
public sealed class Outbox(ScopeContext scope, Work work, BusPump pump, TimeProvider clock, IServiceProvider services)
{
    private List<OutgoingRow> pending = [];
    private int round = -1;
    private List<OutgoingRow>? batch;

    /// <summary>The message being handled in this scope, if any: the cause of what is published.</summary>
    public Envelope? Current { get; private set; }

    /// <param name="shared">Collects the rows of all messages that share one transaction.</param>
    public void Enter(Envelope current, List<OutgoingRow>? shared) => (Current, batch) = (current, shared);

    public void Add(object message, DeliveryOptions? options, MessageHeaders? headers = null) =>
        Add(OutgoingRow.From(message, options, scope.Actor, scope.CorrelationId, Current, clock.GetUtcNow(), headers));

    public void Add(OutgoingRow row)
    {
        if (round != work.Round)
        {
            pending = [];
            round = work.Round;
            work.BeforeCommit(WriteAsync);
        }

        pending.Add(row);
        // What is replayed to fill a module is no news to a program.
        foreach (var webhook in row.Headers.Filling ? [] : scope.Practice.Snapshot.Webhooks.GetValueOrDefault(row.Alias) ?? [])
        {
            pending.Add(WebhookDue.Of(webhook, row, clock.GetUtcNow()));
        }

        foreach (var program in pump.Broker?.Departures.Of(row).Where(to => to.IsProgram) ?? [])
        {
            Note(program, row);
        }
    }

    /// <summary>A patient's data leaves the practice: that is in the access log.</summary>
    private void Note(Destination program, OutgoingRow row)
    {
        using var body = JsonDocument.Parse(row.Body);
        var contract = services.GetRequiredService<MessageContracts>().Find(row.Alias);
        Guid[] patients = contract is null ? [] : MessageIds.Patients(body.RootElement, contract.Patients);
        if (patients.Length > 0)
        {
            services.GetRequiredService<AuditTrail>().Add(work, new(AuditTrail.Access, LoadedModule.CoreId, $"broker {program.Queue} {row.Alias}", Patients: patients));
        }
    }

    private async Task WriteAsync(Npgsql.NpgsqlConnection connection, CancellationToken ct)
    {
        var rows = pending;
        // What a later step publishes needs a step of its own.
        round = -1;
        if (batch is not null)
        {
            batch.AddRange(rows);
            return;
        }

        var lane = pump.Lane(scope.Practice);
        var written = await lane.WriteAsync(connection, rows, ct);
        work.AfterCommit(() => lane.Accept(written));
    }
}
