using Npgsql;

namespace Modular.Host.Bus;

/// <summary>What a restored copy keeps back until somebody releases or discards it: calls to the outside, and jobs.</summary>
public static class HeldMessages
{
    public static string[] Queues(HandlerMap handlers) => [.. handlers.All.Where(h => h.IsHeldInCopies).Select(h => h.Queue).Distinct()];

    /// <summary>Deletes them, a job's occurrence alone: the job is planned again.</summary>
    public static async Task<int> DiscardAsync(NpgsqlConnection connection, Guid[] ids, string[] queues, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            with gone as (
                delete from bus.wolverine_incoming_envelopes where id = any($1) and received_at = any($2) and status <> 'Handled' returning message_type, body),
            unplanned as (
                update bus.jobs set next_run = null from gone where message_type = $3 and bus.jobs.id = bus.opened(body)->'data'->>'job')
            select count(*)::int from gone
            """, connection)
        {
            Parameters = { new() { Value = ids }, new() { Value = queues.Select(Addresses.Of).ToArray() }, new() { Value = MessageNames.Find(typeof(JobDue)) } },
        };
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}
