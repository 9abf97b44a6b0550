using System.Collections.Concurrent;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.PatientAccess;

/// <summary>
/// Which charts of a practice are restricted, and to whom each is open. They are few, so all of them are remembered: the answer for a row of
/// a list costs nothing. A save that changes the answer is forgotten at once in this process; another one takes it up within seconds.
/// </summary>
public sealed class RestrictedCharts(InstalledModules modules, TimeProvider clock)
{
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Guid, Known> known = new();
    private int forgotten;

    /// <summary>The one declaration; null when no module owns patients.</summary>
    public (LoadedModule Module, RestrictedChartsDeclaration Declared)? Owner { get; } = modules.WithCore
        .Where(m => m.Declared.RestrictedCharts is not null).Select(m => ((LoadedModule, RestrictedChartsDeclaration)?)(m, m.Declared.RestrictedCharts!)).FirstOrDefault();

    /// <summary>Before a request: what is known is at most seconds old.</summary>
    public async ValueTask RefreshAsync(Practice practice, bool anew, CancellationToken ct)
    {
        if (Owner is null || (!anew && known.TryGetValue(practice.Id, out var last) && clock.GetElapsedTime(last.At) < Remember))
        {
            return;
        }

        await using var connection = await practice.OpenAsync(ct);
        for (; ; )
        {
            var (before, at) = (Volatile.Read(ref forgotten), clock.GetTimestamp());
            known[practice.Id] = new(await ReadAsync(connection, ct), at);
            if (before == Volatile.Read(ref forgotten))
            {
                return;
            }

            // What was read may be from before a save that came in between.
        }
    }

    /// <summary>By patient. A scope that was opened without a request asks here first.</summary>
    public IReadOnlyDictionary<Guid, Opening[]> Of(Practice practice)
    {
        if (Owner is null)
        {
            return Known.None.Charts;
        }

        if (!known.TryGetValue(practice.Id, out var last))
        {
            // Where it is decided what a query leaves out, nothing can be awaited; once for each practice.
            RefreshAsync(practice, true, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            last = known.GetValueOrDefault(practice.Id, Known.None);
        }

        return last.Charts;
    }

    public void Forget(Guid practice)
    {
        Interlocked.Increment(ref forgotten);
        known.TryRemove(practice, out _);
    }

    private async Task<IReadOnlyDictionary<Guid, Opening[]>> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            var rows = await connection.QueryAsync(Owner!.Value.Declared.Sql, [clock.GetUtcNow()],
                r => (Patient: r.GetGuid(0), Opening: r.IsDBNull(1) ? null : new Opening(r.GetGuid(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3))), ct);
            return rows.GroupBy(r => r.Patient).ToDictionary(g => g.Key, g => g.Select(r => r.Opening).OfType<Opening>().ToArray());
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            // The module was never on here: there are no patients.
            return Known.None.Charts;
        }
    }

    private sealed record Known(IReadOnlyDictionary<Guid, Opening[]> Charts, long At)
    {
        public static Known None { get; } = new(new Dictionary<Guid, Opening[]>(), 0);
    }
}

/// <param name="Reason">As the person said it.</param>
public sealed record Opening(Guid Person, string Reason, DateTimeOffset Until);
