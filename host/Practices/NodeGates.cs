using Npgsql;

namespace Modular.Host.Practices;

/// <summary>Which process works by which state of a practice: the practice's gate version counts its states, each process confirms the one it took up.</summary>
public sealed class NodeGates(Catalogue catalogue)
{
    /// <summary>Says that the process works by this state of the practice, or by a newer one: confirmations may overtake each other.</summary>
    public async Task ConfirmAsync(int node, Guid practice, int gate, CancellationToken ct)
    {
        await using var confirm = catalogue.Database.CreateCommand("""
            insert into node_gates (node_id, practice_id, gate_version) select $1, id, $3 from practices where id = $2
            on conflict (node_id, practice_id) do update
                set gate_version = greatest(node_gates.gate_version, excluded.gate_version), fault = null, fault_since = null
            """);
        confirm.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = node }, new() { Value = practice }, new() { Value = gate } });
        await confirm.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Says why the process cannot work by the practice's present state.</summary>
    public async Task FailAsync(int node, Guid practice, string fault, CancellationToken ct)
    {
        await using var fail = catalogue.Database.CreateCommand("""
            insert into node_gates (node_id, practice_id, gate_version, fault, fault_since) select $1, id, -1, $3, now() from practices where id = $2
            on conflict (node_id, practice_id) do update set fault = excluded.fault, fault_since = coalesce(node_gates.fault_since, excluded.fault_since)
            """);
        fail.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = node }, new() { Value = practice }, new() { Value = fault } });
        await fail.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What processes say of a practice that they cannot take up.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(Guid practice, CancellationToken ct)
    {
        await using var command = catalogue.Database.CreateCommand("""
            select format('host %s (process %s) since %s: %s', n.machine, n.process_id, to_char(g.fault_since at time zone 'utc', 'YYYY-MM-DD HH24:MI "UTC"'), g.fault)
            from node_gates g join nodes n on n.id = g.node_id where g.practice_id = $1 and g.fault is not null order by g.fault_since
            """);
        command.Parameters.Add(new() { Value = practice });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var faults = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            faults.Add(reader.GetString(0));
        }

        return faults;
    }

    /// <summary>Practices whose present state the process has not confirmed.</summary>
    public async Task<IReadOnlyList<Guid>> UnconfirmedAsync(int node, CancellationToken ct)
    {
        await using var command = catalogue.Database.CreateCommand("""
            select p.id from practices p left join node_gates g on g.practice_id = p.id and g.node_id = $1
            where g.gate_version is null or g.gate_version < p.gate_version
            """);
        command.Parameters.Add(new() { Value = node });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    /// <summary>
    /// Live processes that have not taken up this state yet, as an administrator knows them. One that was neither heard of nor holds its lock is
    /// gone; one that holds its lock but was silent for three heartbeats stands still, serves nobody, and takes up the state when it goes on.
    /// </summary>
    public async Task<IReadOnlyList<string>> BehindAsync(int self, Guid practice, int gate, TimeSpan unseenFor, CancellationToken ct)
    {
        await using var command = catalogue.Database.CreateCommand($"""
            select format('host %s (process %s)', n.machine, n.process_id) || coalesce(', which cannot take it up: ' || g.fault, '') from nodes n
            left join node_gates g on g.node_id = n.id and g.practice_id = $2
            where (g.gate_version is null or g.gate_version < $3)
                and (n.id = $1 or n.heartbeat_at >= now() - $4 or n.heartbeat_at >= now() - $5 and {NodeService.HoldsItsLock("n.id")})
            order by 1
            """);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = self }, new() { Value = practice }, new() { Value = gate }, new() { Value = unseenFor }, new() { Value = 3 * NodeService.Heartbeat },
        });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var behind = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            behind.Add(reader.GetString(0));
        }

        return behind;
    }
}
