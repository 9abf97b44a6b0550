using System.Reflection;
using Modular.Host.Bus;
using Modular.Host.Data;
using Modular.Host.Indicators;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Enabling;

/// <summary>One step of filling a module. The message is the cursor: a step publishes the next one in its own transaction, so a killed host resumes.</summary>
/// <param name="Run">The enabling it belongs to; a later one makes it stale.</param>
/// <param name="Reading">Name of the source that is read, or the place behind it; empty begins with the first, null waits for the hosts before.</param>
/// <param name="After">Last key of the page before, of that source.</param>
/// <param name="Gate">What every live host must have taken up; null tells them first.</param>
/// <param name="Failures">How often in a row a step failed.</param>
[Message("core.fill-module.v1", OneHandler = true)]
public sealed record FillModule(string Module, Guid Run, string? Reading = null, Guid? After = null, int? Gate = null, int Failures = 0)
{
    /// <summary>One order per run: what is left of an earlier one holds up nobody.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Key => $"{Module} {Run:N}";
}

/// <summary>subscribing (every live host knows) → filling (a page per step, as messages of the bulk lane) → on (the parked rows follow).</summary>
[Sequential]
public sealed class FillModuleHandler(
    ScopeContext scope, Work work, Outbox outbox, FillSources sources, InstalledModules modules, NodeService node, NodeGates gates, Catalogue catalogue, BusOptions options, IServiceProvider services, ILogger<FillModuleHandler> log)
{
    private const int PageRows = 500;
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public async Task<object?> HandleAsync(FillModule step, Envelope envelope, DateTimeOffset now, CancellationToken ct)
    {
        OutgoingMessage? next;
        try
        {
            next = await NextAsync(step, envelope, now, ct);
        }
        catch (Exception e) when (!Failures.IsConnection(e, work.Connection) && !ct.IsCancellationRequested)
        {
            next = await FailedAsync(step, e, now, ct);
        }

        return next?.Message is FillModule ? next with { Options = (next.Options ?? new()) with { Key = step.Key } } : next;
    }

    private async Task<OutgoingMessage?> NextAsync(FillModule step, Envelope envelope, DateTimeOffset now, CancellationToken ct)
    {
        if (step.Gate is null)
        {
            return new(step with { Gate = await catalogue.RaiseGateAsync(scope.Practice.Id, ct) });
        }

        var behind = step.Reading is null ? await gates.BehindAsync(node.NodeId, scope.Practice.Id, step.Gate.Value, options.NodeDeadAfter, ct) : [];
        await using var write = await work.BeginAsync(null, ct);
        OutgoingMessage? next = null;
        if (await ModuleStates.OfRunAsync(work.Connection, step.Module, step.Run, ct) is { } run)
        {
            next = behind.Count > 0 ? await WaitAsync(step, $"It waits until {string.Join(" and ", behind)} has taken it up.", Soon, now, ct)
                : run.State == ModuleStates.Subscribing ? await SubscribedAsync(step, ct)
                : sources.Of(scope.Practice, step.Module).FirstOrDefault(s => string.CompareOrdinal(s.Name, step.Reading) >= 0) is { } source
                    ? await PageAsync(step, source, envelope, run.From, now, ct)
                : await FinishAsync(step, run.From, now, ct);
        }

        await write.CommitAsync(ct);
        return next;
    }

    private async Task<OutgoingMessage> SubscribedAsync(FillModule step, CancellationToken ct)
    {
        await ModuleStates.ReachAsync(work.Connection, step.Module, ModuleStates.Filling, ct);
        outbox.Add(new ModulesChanged(), null);
        return new(step with { Reading = "" });
    }

    private async Task<OutgoingMessage> PageAsync(FillModule step, FillSource source, Envelope envelope, DateOnly? from, DateTimeOffset now, CancellationToken ct)
    {
        var after = source.Name == step.Reading ? step.After : null;
        var rows = await (Task<List<(Guid Key, object Message)>>)Page.MakeGenericMethod(source.Snapshot.Message)
            .Invoke(null, [source.Snapshot.Make(services), after, from, ct])!;
        foreach (var (key, message) in rows)
        {
            foreach (var queue in source.Queues)
            {
                var row = OutgoingRow.From(message, new(Bulk: true), scope.Actor, scope.CorrelationId, envelope, now, new(Filling: true));
                outbox.Add(row with { Alias = source.Alias, Queue = queue });
            }
        }

        await ModuleStates.CountAsync(work.Connection, step.Module, (long)rows.Count * source.Queues.Length, ct);
        return new(rows.Count < PageRows
            ? step with { Reading = source.Behind, After = null, Failures = 0 }
            : step with { Reading = source.Name, After = rows[^1].Key, Failures = 0 });
    }

    /// <summary>On, once everything replayed was handled or is a dead letter; what waited from before follows.</summary>
    private async Task<OutgoingMessage?> FinishAsync(FillModule step, DateOnly? from, DateTimeOffset now, CancellationToken ct)
    {
        if (await ModuleQueues.IsFillingAsync(work.Connection, step.Module, ct))
        {
            return await WaitAsync(step, "Everything is replayed; what is still to do is being worked on.", Soon, now, ct);
        }

        await ModuleQueues.UnparkAsync(work.Connection, step.Module, ct);
        await ModuleStates.ReachAsync(work.Connection, step.Module, ModuleStates.On, ct);
        if (modules.Find(step.Module)?.Declared.Indicators.Count > 0)
        {
            outbox.Add(new FillIndicators(step.Module, from), new(Bulk: true));
        }

        return new(new ModulesChanged());
    }

    /// <summary>A step never becomes a dead letter: the page says what is wrong, and it goes on by itself when that is mended.</summary>
    private async Task<OutgoingMessage?> FailedAsync(FillModule step, Exception exception, DateTimeOffset now, CancellationToken ct)
    {
        var failed = step with { Failures = step.Failures + 1 };
        var kind = exception is PostgresException e ? $"PostgresException {e.SqlState}" : exception.GetType().Name;
        log.LogWarning("Filling {Module} of practice {Practice} failed {Times} times: {Exception}", step.Module, scope.Practice.Row.Slug, failed.Failures, kind);
        await using var write = await work.BeginAsync(null, ct);
        var wait = TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, Soon.Ticks << Math.Min(failed.Failures, 10)));
        var next = await ModuleStates.OfRunAsync(work.Connection, step.Module, step.Run, ct) is null ? null
            : await WaitAsync(failed, $"A step failed {(failed.Failures == 1 ? "once" : $"{failed.Failures} times")} ({kind}) and is tried again by itself.", wait, now, ct);
        await write.CommitAsync(ct);
        return next;
    }

    private async Task<OutgoingMessage> WaitAsync(FillModule step, string why, TimeSpan wait, DateTimeOffset now, CancellationToken ct)
    {
        await ModuleStates.WaitAsync(work.Connection, step.Module, why, ct);
        return step.DelayedFor(wait, now);
    }

    private static readonly MethodInfo Page = typeof(FillModuleHandler).GetMethod(nameof(PageOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static async Task<List<(Guid Key, object Message)>> PageOf<TMessage>(ISnapshot<TMessage> snapshot, Guid? after, DateOnly? from, CancellationToken ct) where TMessage : class =>
        [.. (await snapshot.PageAsync(after, from, PageRows, ct)).Select(row => (row.Key, (object)row.Message))];
}
