using System.Collections.Concurrent;
using Modular.Host.Logging;
using Npgsql;

namespace Modular.Host.Practices;

/// <summary>
/// This process among its peers: it says that it is alive, upgrades the practices at start, and takes up what other hosts tell
/// over the catalogue's one channel.
/// </summary>
public sealed class NodeService(Catalogue catalogue, PracticeRegistry practices, NodeGates gates, NodeOptions options, ILogger<NodeService> log) : BackgroundService
{
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private const int LockSpace = 7411;

    /// <summary>Four at a time: a start with a thousand practices must not take every connection of the server.</summary>
    private const int AtOnce = 4;

    /// <summary>A practice that cannot be taken up is tried again at most so many heartbeats later, and at once when it changed.</summary>
    private const int LongestWait = 32;

    private readonly ConcurrentDictionary<Guid, Failing> failing = new();
    private readonly RunningTasks takingUp = new(log);
    private int beats;
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
        try
        {
            var listens = KeepListeningAsync(stoppingToken);
            await listening.Task.WaitAsync(stoppingToken);
            await TakeUpAllAsync(practices.All, stoppingToken);
            ready.TrySetResult();
            await listens;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // Whoever waits for this host must not wait for ever.
            ready.TrySetException(e);
            throw;
        }
        finally
        {
            await takingUp.EndedAsync(Timeout.InfiniteTimeSpan);
        }
    }

    private async Task KeepListeningAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Lost the catalogue ({Reason}); trying again", Failure.Describe(e));
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
    }

    private Task TakeUpAllAsync(IEnumerable<Practice> which, CancellationToken ct) =>
        Parallel.ForEachAsync(which, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (practice, stop) =>
        {
            try
            {
                await RefreshAsync(practice, stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // Its own faults are told already: this is the catalogue, to which it could not be confirmed.
                log.LogWarning("Practice {Practice} could not be confirmed and is tried again: {Reason}", practice.Row.Slug, Failure.Describe(e));
            }
        });

    private async Task RefreshAsync(Practice practice, CancellationToken ct)
    {
        var gate = practice.Row.GateVersion;
        if (await practices.RefreshAsync(practice, ct))
        {
            failing.TryRemove(practice.Id, out _);
            await ConfirmAsync(practice, ct);
        }
        else if (practice.Fault is { } fault)
        {
            var tries = failing.TryGetValue(practice.Id, out var last) && last.Gate == gate && !fault.Away ? last.Tries + 1 : 0;
            failing[practice.Id] = new(gate, tries, beats + Math.Min(1 << Math.Min(tries, 16), LongestWait));
            await gates.FailAsync(NodeId, practice.Id, fault.Reason, ct);
        }
    }

    private bool IsDue(Practice practice) => !failing.TryGetValue(practice.Id, out var last) || last.Gate != practice.Row.GateVersion || last.Beat <= beats;

    /// <summary>Says that this process works by the practice's present state.</summary>
    private Task ConfirmAsync(Practice practice, CancellationToken ct) => gates.ConfirmAsync(NodeId, practice.Id, practice.Snapshot.GateVersion, ct);

    /// <summary>
    /// What was told while nobody listened, could not be taken up when it was told, or belongs to a database that was away:
    /// every heartbeat finds what this process has not confirmed, by one query whatever the number of practices.
    /// </summary>
    private async Task CatchUpAsync(CancellationToken ct)
    {
        try
        {
            var behind = await gates.UnconfirmedAsync(NodeId, ct);
            if (behind.Count > 0)
            {
                await practices.ReloadAsync(ct);
                await TakeUpAllAsync(behind.Select(practices.Find).OfType<Practice>().Where(IsDue), ct);
            }
        }
        catch (Exception e)
        {
            log.LogWarning("Could not catch up with what changed: {Reason}", Failure.Describe(e));
        }
    }

    /// <summary>Processes that are alive (listening now, or heard of within the given time; always this one) and whether others are listed.</summary>
    public async Task<(int[] Live, bool AnyGone)> LiveAsync(TimeSpan unseenFor, CancellationToken ct)
    {
        await using var command = catalogue.Database.CreateCommand($"select id, id = $1 or heartbeat_at >= now() - $2 or {HoldsItsLock("id")} from nodes");
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = NodeId }, new() { Value = unseenFor } });
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
        return await Postgres.Sql.QueryAsync(connection, $"select id, {HoldsItsLock("nodes.id")}, now() - heartbeat_at from nodes", [], r => (r.GetInt32(0), r.GetBoolean(1), r.GetFieldValue<TimeSpan>(2)), ct);
    }

    /// <summary>SQL that is true while the process of this id listens: its lock goes with its connection.</summary>
    public static string HoldsItsLock(string id) => $"""
        exists (select from pg_locks where locktype = 'advisory' and classid::int = {LockSpace} and objid::int = {id}
            and database = (select oid from pg_database where datname = current_database()))
        """;

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
        connection.Notification += (_, told) => takingUp.Keep(TakeUpAsync(told.Payload, ct));
        // The lock goes with the connection: whoever finds it free knows that this process does not listen.
        await using (var listen = new NpgsqlCommand($"listen {Catalogue.Channel}; select pg_advisory_lock({LockSpace}, {NodeId})", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        listening.TrySetResult();
        var catchingUp = Task.CompletedTask;
        while (true)
        {
            beats++;
            // Not before the start has visited all of them, and never twice at once.
            if (ready.Task.IsCompleted && catchingUp.IsCompleted)
            {
                catchingUp = CatchUpAsync(ct);
            }

            // One that was paused for so long that others took it for dead is on the list again.
            await using (var beat = catalogue.Database.CreateCommand("""
                insert into nodes (id, machine, process_id) overriding system value values ($1, $2, $3) on conflict (id) do update set heartbeat_at = now()
                """))
            {
                beat.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = NodeId }, new() { Value = Environment.MachineName }, new() { Value = Environment.ProcessId } });
                await beat.ExecuteNonQueryAsync(ct);
            }

            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
            timeout.CancelAfter(options.DeadAfter < 3 * Heartbeat ? options.DeadAfter / 3 : Heartbeat);
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
                    await (practice.Snapshot.GateVersion < practice.Row.GateVersion ? RefreshAsync(practice, ct) : ConfirmAsync(practice, ct));
                }
            }

            Told?.Invoke(parts[0], id, parts.Length > 2 ? parts[2] : "");
        }
        catch (Exception e)
        {
            // The next heartbeat finds what is left.
            log.LogWarning("Could not take up {Payload}: {Reason}", payload, Failure.Describe(e));
        }
    }

    /// <param name="Gate">The state that could not be taken up.</param>
    /// <param name="Beat">The heartbeat at which it is tried again.</param>
    private sealed record Failing(int Gate, int Tries, int Beat);
}
