using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Modular.Host.Practices;
using Npgsql;

namespace Modular.Host.Observability;

/// <summary>What this process knows of itself and its practices, asked for at each scrape.</summary>
public sealed class ProcessMetrics(PracticeRegistry practices, Catalogue catalogue, RequestMetrics requests, MachineState machine, TimeProvider clock)
{
    /// <summary>A thousand practices must not be asked at every scrape: so many at a time, the ones asked longest ago first.</summary>
    private const int AskedAtOnce = 20;

    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<Guid, Depth> depths = new();

    private sealed record Depth(long Waiting, long DeadLetters, DateTimeOffset At);

    public async Task<string> ReadAsync(CancellationToken ct)
    {
        var text = new StringBuilder();
        requests.WriteTo(text);
        var all = practices.All;
        PrometheusText.Gauge(text, "modular_practices", "Practices that this process serves.", "state",
            [("ready", all.Count(p => p.Snapshot.Ready && p.Fault is null)), ("upgrading", all.Count(p => !p.Snapshot.Ready && p.Fault is null)),
                ("failed", all.Count(p => p.Fault is not null))]);
        machine.WriteTo(text);
        PrometheusText.Gauge(text, "modular_database_connections", "Connections of all hosts to the database server.", "state", await ConnectionsAsync(ct));
        await AskAsync(all, ct);
        // By id: a practice's name is nothing for a monitor of many.
        var known = depths.OrderBy(d => d.Key).Select(d => (Id: d.Key.ToString(), d.Value)).ToList();
        PrometheusText.Gauge(text, "modular_messages_waiting", "Messages not handled yet.", "practice", known.Select(d => (d.Id, (double)d.Value.Waiting)));
        PrometheusText.Gauge(text, "modular_dead_letters", "Messages that failed for good and wait for a person.", "practice", known.Select(d => (d.Id, (double)d.Value.DeadLetters)));
        PrometheusText.Gauge(text, "process_working_set_bytes", "Memory of the process.", Environment.WorkingSet);
        PrometheusText.Gauge(text, "process_start_time_seconds", "When the process started.",
            new DateTimeOffset(Process.GetCurrentProcess().StartTime).ToUnixTimeSeconds());
        PrometheusText.Gauge(text, "dotnet_gc_heap_bytes", "Managed memory in use.", GC.GetTotalMemory(false));
        PrometheusText.Gauge(text, "dotnet_threadpool_queue_length", "Work that waits for a thread.", ThreadPool.PendingWorkItemCount);
        return text.ToString();
    }

    private async Task<List<(string, double)>> ConnectionsAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = await catalogue.Database.OpenConnectionAsync(ct);
            return await ConnectionsAsync(connection, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is NpgsqlException or TimeoutException)
        {
            // Just then the other figures are wanted.
            return [];
        }
    }

    private static Task<List<(string, double)>> ConnectionsAsync(NpgsqlConnection connection, CancellationToken ct) =>
        Postgres.Sql.QueryAsync(connection,
            "select coalesce(state, 'unknown'), count(*)::float8 from pg_stat_activity where application_name = 'modular' group by 1 order by 1", [], r => (r.GetString(0), r.GetDouble(1)), ct);

    private async Task AskAsync(IReadOnlyCollection<Practice> all, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var gone in depths.Keys.Except(all.Select(p => p.Id)))
        {
            depths.TryRemove(gone, out _);
        }

        foreach (var practice in all.Where(p => p.Snapshot.Ready && (!depths.TryGetValue(p.Id, out var d) || now - d.At > FreshFor))
            .OrderBy(p => depths.TryGetValue(p.Id, out var d) ? d.At : default).Take(AskedAtOnce))
        {
            try
            {
                await using var connection = await practice.OpenAsync(ct);
                var counts = await Postgres.Sql.QueryAsync(connection, """
                    select (select count(*) from bus.wolverine_incoming_envelopes where status <> 'Handled') + (select count(*) from bus.parked), (select count(*) from bus.wolverine_dead_letters)
                    """, [], r => (r.GetInt64(0), r.GetInt64(1)), ct);
                depths[practice.Id] = new(counts[0].Item1, counts[0].Item2, now);
            }
            catch (Exception e) when (!ct.IsCancellationRequested && e is NpgsqlException or TimeoutException or ObjectDisposedException)
            {
                depths.TryRemove(practice.Id, out _);
            }
        }
    }
}
