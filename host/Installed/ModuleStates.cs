using Modular.Host.Postgres;
using Npgsql;

namespace Modular.Host.Installed;

/// <summary>
/// What is on in a practice, as its database has it. Every act and every step decides on what <see cref="LockAsync"/> gave, in the
/// transaction that changes it; a host's <see cref="Practices.PracticeSnapshot"/> is a copy for pages and may be moments old.
/// </summary>
public static class ModuleStates
{
    public const string Subscribing = "subscribing";
    public const string Filling = "filling";
    public const string On = "on";
    public const string Off = "off";

    /// <summary>Its pages and messages work: filling counts, its lists say that they are filling.</summary>
    public static bool Serves(string? state) => state is On or Filling;

    /// <summary>On, or on its way there.</summary>
    public static bool Wanted(string? state) => Serves(state) || state == Subscribing;

    /// <summary>
    /// The state of every module that has one, unchanged by anybody else until the transaction ends. Whoever needs the subscriptions too
    /// takes them after this, never before: everybody in one order.
    /// </summary>
    /// <exception cref="PostgresException">Lock not available: somebody held them for longer than twenty seconds.</exception>
    public static Task<Dictionary<string, string>> LockAsync(NpgsqlConnection connection, CancellationToken ct) => LockAsync(connection, "share row exclusive", ct);

    /// <summary>The same for one who only reads: several hosts do at once.</summary>
    public static Task<Dictionary<string, string>> HoldAsync(NpgsqlConnection connection, CancellationToken ct) => LockAsync(connection, "share", ct);

    /// <summary>A new run of filling: steps of an earlier one are stale from here on.</summary>
    public static Task BeginAsync(NpgsqlConnection connection, string module, string state, Guid run, DateOnly? from, string actor, CancellationToken ct) =>
        connection.ExecuteAsync("""
            insert into core.modules (module, state, fill_from, fill_state) values ($1, $2, $3, jsonb_build_object('run', $4, 'by', $5, 'rows', 0))
            on conflict (module) do update set state = excluded.state, fill_from = excluded.fill_from, fill_state = excluded.fill_state,
                reason = null, changed_at = now()
            """, [module, state, new NpgsqlParameter { Value = (object?)from ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date }, run, actor], ct);

    public static Task EndAsync(NpgsqlConnection connection, string module, CancellationToken ct) => connection.ExecuteAsync(
        "update core.modules set state = 'off', fill_state = null, reason = null, changed_at = now() where module = $1", [module], ct);

    /// <summary>The next state of a run.</summary>
    public static Task ReachAsync(NpgsqlConnection connection, string module, string state, CancellationToken ct) => connection.ExecuteAsync(
        "update core.modules set state = $2, reason = null, changed_at = now() where module = $1", [module, state], ct);

    public static Task CountAsync(NpgsqlConnection connection, string module, long rows, CancellationToken ct) => connection.ExecuteAsync("""
        update core.modules set reason = null, fill_state = jsonb_set(fill_state, '{rows}', to_jsonb((fill_state->>'rows')::bigint + $2)) where module = $1
        """, [module, rows], ct);

    /// <summary>What a run waits for, a sentence for the modules page; null when it waits for nothing.</summary>
    public static Task WaitAsync(NpgsqlConnection connection, string module, string? reason, CancellationToken ct) => connection.ExecuteAsync(
        "update core.modules set reason = $2 where module = $1 and reason is distinct from $2", [module, Sql.Text(reason)], ct);

    /// <summary>The run's state and its date, under the lock; null when the module was turned off or filled anew meanwhile.</summary>
    public static async Task<(string State, DateOnly? From)?> OfRunAsync(NpgsqlConnection connection, string module, Guid run, CancellationToken ct)
    {
        await LockAsync(connection, ct);
        var rows = await connection.QueryAsync(
            "select state, fill_from from core.modules where module = $1 and fill_state->>'run' = $2 and state in ('subscribing', 'filling')", [module, run.ToString()],
            r => (r.GetString(0), r.IsDBNull(1) ? (DateOnly?)null : r.GetFieldValue<DateOnly>(1)), ct);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>True when the module is off; it stays so until the transaction ends. Acts on other modules go on meanwhile.</summary>
    public static async Task<bool> StaysOffAsync(NpgsqlConnection connection, string module, CancellationToken ct) =>
        (await connection.QueryAsync("select state from core.modules where module = $1 for share", [module], r => r.GetString(0), ct)) is [Off];

    private static async Task<Dictionary<string, string>> LockAsync(NpgsqlConnection connection, string mode, CancellationToken ct)
    {
        await connection.ExecuteAsync($"set local lock_timeout = '20s'; lock table core.modules in {mode} mode", [], ct);
        return (await connection.QueryAsync("select module, state from core.modules", [], r => (r.GetString(0), r.GetString(1)), ct)).ToDictionary(r => r.Item1, r => r.Item2);
    }
}
