using Npgsql;

namespace Modular.Host.Practices;

/// <summary>
/// This process among its peers: it says that it is alive, upgrades the practices at start, and takes up what other hosts tell
/// over the catalogue's one channel.
/// </summary>
public sealed class NodeService(Catalogue catalogue, PracticeRegistry practices, ILogger<NodeService> log) : BackgroundService
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private const int LockSpace = 7411;
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Number of this process in the catalogue; 0 until registered.</summary>
    public int NodeId { get; private set; }

    /// <summary>Ends when every practice was upgraded once.</summary>
    public Task Ready => ready.Task;

    /// <summary>Kind, practice and detail of what any host (this one included) told.</summary>
    public event Action<string, Guid, string>? Told;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await catalogue.CreateAsync(cancellationToken);
        await RegisterAsync(cancellationToken);
        await practices.ReloadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listens = KeepListeningAsync(stoppingToken);
        await listening.Task.WaitAsync(stoppingToken);
        await UpgradeAllAsync(stoppingToken);
        ready.TrySetResult();
        await listens;
    }

    private async Task KeepListeningAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or IOException && !stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Lost the catalogue ({Reason}); trying again", e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
    }

    /// <summary>Four at a time: a start with a thousand practices must not take every connection of the server.</summary>
    private Task UpgradeAllAsync(CancellationToken ct) =>
        Parallel.ForEachAsync(practices.All, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct }, async (practice, stop) =>
        {
            try
            {
                await RefreshAsync(practice, stop);
            }
            catch (NpgsqlException e)
            {
                log.LogError("Practice {Practice} cannot be reached: {Reason}", practice.Row.Slug, e.Message);
            }
        });

    private async Task RefreshAsync(Practice practice, CancellationToken ct)
    {
        await practices.RefreshAsync(practice, ct);
        await ConfirmAsync(practice, ct);
    }

    /// <summary>Says that this process works by the practice's present state.</summary>
    private async Task ConfirmAsync(Practice practice, CancellationToken ct)
    {
        await using var confirm = catalogue.Database.CreateCommand("""
            insert into node_gates (node_id, practice_id, gate_version) select $1, id, $3 from practices where id = $2
            on conflict (node_id, practice_id) do update set gate_version = excluded.gate_version
            """);
        confirm.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = NodeId }, new() { Value = practice.Id }, new() { Value = practice.Snapshot.GateVersion } });
        await confirm.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Processes that are alive (listening now, or heard of within the given time; always this one) and whether others are listed.</summary>
    public async Task<(int[] Live, bool AnyGone)> LiveAsync(TimeSpan unseenFor, CancellationToken ct)
    {
        await using var command = catalogue.Database.CreateCommand("""
            select id, id = $1 or heartbeat_at >= now() - $2
                or exists (select from pg_locks where locktype = 'advisory' and classid::int = $3 and objid::int = nodes.id
                    and database = (select oid from pg_database where datname = current_database()))
            from nodes
            """);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = NodeId }, new() { Value = unseenFor }, new() { Value = LockSpace } });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (live, anyGone) = (new List<int> { NodeId }, false);
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetBoolean(1))
            {
                live.Add(reader.GetInt32(0));
            }

            anyGone |= !reader.GetBoolean(1);
        }

        return ([.. live.Distinct()], anyGone);
    }

    /// <summary>The processes on the list: whether each listens now, which its lock says, and for how long nothing was heard of it.</summary>
    public async Task<List<(int Id, bool Listens, TimeSpan Silence)>> NodesAsync(CancellationToken ct)
    {
        await using var connection = await catalogue.Database.OpenConnectionAsync(ct);
        return await Data.Sql.QueryAsync(connection, """
            select id, exists (select from pg_locks where locktype = 'advisory' and classid::int = $1 and objid::int = nodes.id
                    and database = (select oid from pg_database where datname = current_database())), now() - heartbeat_at
            from nodes
            """, [LockSpace], r => (r.GetInt32(0), r.GetBoolean(1), r.GetFieldValue<TimeSpan>(2)), ct);
    }

    /// <summary>True when every live process took up the practice's present state.</summary>
    public async Task<bool> AllConfirmedAsync(Guid practice, TimeSpan unseenFor, CancellationToken ct)
    {
        var (live, _) = await LiveAsync(unseenFor, ct);
        await using var command = catalogue.Database.CreateCommand("""
            select not exists (select from unnest($1::int[]) as node where not exists (
                select from node_gates g join practices p on p.id = g.practice_id
                where g.practice_id = $2 and g.node_id = node and g.gate_version >= p.gate_version))
            """);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = live }, new() { Value = practice } });
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Takes all other processes off the list, once nothing of theirs is left to take over.</summary>
    public async Task ForgetAllButAsync(int[] nodes, CancellationToken ct)
    {
        await using var command = catalogue.Database.CreateCommand("delete from nodes where id <> all($1)");
        command.Parameters.Add(new() { Value = nodes });
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task RegisterAsync(CancellationToken ct)
    {
        await using var command = catalogue.Database.CreateCommand("insert into nodes (machine, process_id) values ($1, $2) returning id");
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = Environment.MachineName }, new() { Value = Environment.ProcessId } });
        NodeId = (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await catalogue.Database.OpenConnectionAsync(ct);
        connection.Notification += (_, told) => _ = TakeUpAsync(told.Payload, ct);
        // The lock goes with the connection: whoever finds it free knows that this process does not listen.
        await using (var listen = new NpgsqlCommand($"listen {Catalogue.Channel}; select pg_advisory_lock({LockSpace}, {NodeId})", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        listening.TrySetResult();

        while (true)
        {
            // One that was paused for so long that others took it for dead is on the list again.
            await using (var beat = catalogue.Database.CreateCommand("""
                insert into nodes (id, machine, process_id) overriding system value values ($1, $2, $3) on conflict (id) do update set heartbeat_at = now()
                """))
            {
                beat.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = NodeId }, new() { Value = Environment.MachineName }, new() { Value = Environment.ProcessId } });
                await beat.ExecuteNonQueryAsync(ct);
            }

            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
            timeout.CancelAfter(Heartbeat);
            try
            {
                while (true)
                {
                    await connection.WaitAsync(timeout.Token);
                }
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // Time for the next heartbeat.
            }
        }
    }

    private async Task TakeUpAsync(string payload, CancellationToken ct)
    {
        try
        {
            var parts = payload.Split(' ', 3);
            var id = Guid.Parse(parts[1]);
            if (parts[0] == "practice")
            {
                await practices.ReloadAsync(ct);
                if (practices.Find(id) is { } practice)
                {
                    await (practice.Snapshot.GateVersion != practice.Row.GateVersion ? RefreshAsync(practice, ct) : ConfirmAsync(practice, ct));
                }
            }

            Told?.Invoke(parts[0], id, parts.Length > 2 ? parts[2] : "");
        }
        catch (Exception e) when (e is NpgsqlException or FormatException or OperationCanceledException)
        {
            log.LogWarning("Could not take up {Payload}: {Reason}", payload, e.Message);
        }
    }
}
