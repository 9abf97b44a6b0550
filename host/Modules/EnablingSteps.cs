using System.Reflection;
using System.Text.Json;
using Modular.Host.Bus;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Modules;

/// <summary>One step of filling a module. The message is the cursor: a step publishes the next one in its own transaction, so a killed host resumes.</summary>
/// <param name="Run">The enabling it belongs to; a later one makes it stale.</param>
/// <param name="Source">Which of the snapshots.</param>
/// <param name="After">Last key of the page before.</param>
[Message("core.fill-module.v1", OneHandler = true)]
public sealed record FillModule(string Module, Guid Run, int Source, Guid? After);

/// <summary>subscribing (every live host knows) → filling (a page per step, as messages of the bulk lane) → on (the parked rows follow).</summary>
[Sequential]
public sealed class FillModuleHandler(ScopeContext scope, Work work, Outbox outbox, FillSources sources, NodeService nodes, BusPump pump, PracticeRegistry practices, IServiceProvider services)
{
    private const int PageRows = 500;
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);

    public async Task<object?> HandleAsync(FillModule step, Envelope envelope, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await work.BeginAsync(null, ct);
        var next = await StateAsync(step, ct) switch
        {
            ("subscribing", _) => await SubscribedAsync(step, now, ct),
            ("filling", var from) when step.Source < sources.Of(scope.Practice, step.Module).Count => await PageAsync(step, envelope, from, now, ct),
            ("filling", _) => await FinishAsync(step, now, ct),
            // Disabled meanwhile, or enabled anew.
            _ => null,
        };
        await write.CommitAsync(ct);
        return next is null ? null : new OutgoingMessage(next.Message, (next.Options ?? new()) with { Key = step.Module });
    }

    private async Task<(string State, DateOnly? From)> StateAsync(FillModule step, CancellationToken ct)
    {
        await using var command = Command("select state, fill_from from core.modules where module = $1 and fill_state->>'run' = $2 for update", step.Module, step.Run.ToString());
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateOnly>(1)) : ("", null);
    }

    private async Task<OutgoingMessage> SubscribedAsync(FillModule step, DateTimeOffset now, CancellationToken ct)
    {
        if (!await nodes.AllConfirmedAsync(scope.Practice.Id, pump.Options.NodeDeadAfter, ct))
        {
            return step.DelayedFor(Soon, now);
        }

        await RunAsync("update core.modules set state = 'filling', changed_at = now() where module = $1", ct, step.Module);
        TellAfterCommit();
        return new(step);
    }

    private async Task<OutgoingMessage> PageAsync(FillModule step, Envelope envelope, DateOnly? from, DateTimeOffset now, CancellationToken ct)
    {
        var (_, snapshot, alias, queues) = sources.Of(scope.Practice, step.Module)[step.Source];
        var rows = await (Task<List<(Guid Key, object Message)>>)Page.MakeGenericMethod(snapshot.Message)
            .Invoke(null, [ActivatorUtilities.CreateInstance(services, snapshot.Snapshot), step.After, from, ct])!;
        foreach (var (key, message) in rows)
        {
            foreach (var queue in queues)
            {
                var row = OutgoingRow.From(message, new(Bulk: true), scope.Actor, scope.CorrelationId, envelope, now, new(Filling: true));
                outbox.Add(row with { Alias = alias, Queue = queue });
            }
        }

        await RunAsync("update core.modules set fill_state = jsonb_set(fill_state, '{rows}', to_jsonb((fill_state->>'rows')::bigint + $2)) where module = $1",
            ct, step.Module, (long)rows.Count * queues.Length);
        return new(rows.Count < PageRows ? step with { Source = step.Source + 1, After = null } : step with { After = rows[^1].Key });
    }

    /// <summary>On, once everything replayed was handled or is a dead letter; what waited from before follows.</summary>
    private async Task<OutgoingMessage?> FinishAsync(FillModule step, DateTimeOffset now, CancellationToken ct)
    {
        if (await Parked.IsFillingAsync(work.Connection, step.Module, ct))
        {
            return step.DelayedFor(Soon, now);
        }

        await Parked.ReleaseModuleAsync(work.Connection, step.Module, ct);
        await RunAsync("update core.modules set state = 'on', changed_at = now() where module = $1", ct, step.Module);
        TellAfterCommit();
        return null;
    }

    private void TellAfterCommit()
    {
        var practice = scope.Practice;
        work.AfterCommit(() => pump.Run(() => practices.ChangedAsync(practice, CancellationToken.None)));
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, work.Connection);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        return command;
    }

    private async Task RunAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static readonly MethodInfo Page = typeof(FillModuleHandler).GetMethod(nameof(PageOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static async Task<List<(Guid Key, object Message)>> PageOf<TMessage>(ISnapshot<TMessage> snapshot, Guid? after, DateOnly? from, CancellationToken ct) where TMessage : class =>
        [.. (await snapshot.PageAsync(after, from, PageRows, ct)).Select(row => (row.Key, (object)row.Message))];
}
