using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Modular.Host.Postgres;

/// <summary>
/// How many connections to practices this process has at most, busy and idle together. A practice that needs one more when all are
/// taken gets the idle ones of the practice that was quiet for longest; when none is idle it waits for the next that becomes free.
/// </summary>
public sealed class ConnectionLimit(int most)
{
    private readonly Lock gate = new();
    private readonly HashSet<PracticePool> pools = [];
    private readonly ConditionalWeakTable<NpgsqlConnection, PracticePool> pooled = [];
    private TaskCompletionSource freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int reserved;
    private long turn;

    /// <summary>As long as a connection is waited for in a pool; then the request fails and says that the system is busy.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Connections that are there or may be there, idle ones too.</summary>
    public int Reserved
    {
        get
        {
            lock (gate)
            {
                return reserved;
            }
        }
    }

    /// <summary>A connection of the pool, closed; whoever opens it calls <see cref="EnterAsync"/> first.</summary>
    public NpgsqlConnection Connection(PracticePool pool)
    {
        var connection = pool.Database.CreateConnection();
        pooled.Add(connection, pool);
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == ConnectionState.Closed)
            {
                Leave(connection);
            }
        };
        return connection;
    }

    public async ValueTask OpenAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await EnterAsync(connection, ct);
        try
        {
            await connection.OpenAsync(ct);
        }
        catch
        {
            Leave(connection);
            throw;
        }
    }

    /// <exception cref="TimeoutException">All stayed busy.</exception>
    public async ValueTask EnterAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (!pooled.TryGetValue(connection, out var pool))
        {
            return;
        }

        while (true)
        {
            Task next;
            lock (gate)
            {
                if (TryEnter(pool, connection))
                {
                    return;
                }

                next = freed.Task;
            }

            await next.WaitAsync(Patience, ct);
        }
    }

    /// <summary>The connection is closed or could not be opened.</summary>
    public void Leave(NpgsqlConnection connection)
    {
        lock (gate)
        {
            if (pooled.TryGetValue(connection, out var pool) && pool.Busy.Remove(connection))
            {
                pool.LastUsed = ++turn;
                freed.SetResult();
                freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>The practice is closed here: its connections are none of ours any more.</summary>
    public void Remove(PracticePool pool)
    {
        lock (gate)
        {
            if (pools.Remove(pool))
            {
                reserved -= pool.Reserved;
                pool.Reserved = 0;
            }
        }
    }

    private bool TryEnter(PracticePool pool, NpgsqlConnection connection)
    {
        if (pool.Busy.Contains(connection))
        {
            return true;
        }

        if (pool.Busy.Count >= pool.Reserved)
        {
            if (pool.Busy.Count >= pool.Share || (reserved >= most && !TakeIdleFromOthers(pool)))
            {
                return false;
            }

            pools.Add(pool);
            pool.Reserved++;
            reserved++;
        }

        return pool.Busy.Add(connection);
    }

    private bool TakeIdleFromOthers(PracticePool pool)
    {
        if (pools.Where(p => p != pool && p.Reserved > p.Busy.Count).MinBy(p => p.LastUsed) is not { } quiet)
        {
            return false;
        }

        // Closes the idle ones at once; a busy one closes when it is given back.
        quiet.Database.Clear();
        reserved -= quiet.Reserved - quiet.Busy.Count;
        quiet.Reserved = quiet.Busy.Count;
        return true;
    }
}
