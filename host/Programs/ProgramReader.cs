using System.Collections.Concurrent;
using Modular.Host.Callers;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Programs;

/// <summary>
/// Reads programs and remembers them for a few seconds, as sessions are: a change raises the practice's gate version, so that every host
/// reads anew; the seconds only bound what happens when one missed the news.
/// </summary>
public sealed class ProgramReader(InstalledModules modules, TimeProvider clock)
{
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(Guid Practice, Guid Program), (KnownProgram? Program, int Gate, DateTimeOffset At)> cache = new();
    private readonly ConcurrentDictionary<(Guid Practice, Guid Program), DateTimeOffset> used = new();

    public async ValueTask<KnownProgram?> FindAsync(Practice practice, Guid id, CancellationToken ct)
    {
        var (now, gate) = (clock.GetUtcNow(), practice.Snapshot.GateVersion);
        if (cache.TryGetValue((practice.Id, id), out var known) && known.Gate == gate && now - known.At < Remember)
        {
            return known.Program;
        }

        await using var connection = await practice.OpenAsync(ct);
        var found = (await connection.QueryAsync(
            "select name, scopes, all_locations, locations, requests_per_minute, generation, kind, redirect_uris from core.programs where id = $1 and revoked_at is null", [id],
            r => new KnownProgram(id, r.GetString(0), r.GetFieldValue<string[]>(1).ToHashSet(), r.GetBoolean(2) ? null : r.GetFieldValue<Guid[]>(3), r.GetInt32(4), r.GetInt32(5),
                r.GetString(6), r.GetFieldValue<string[]>(7)), ct)).FirstOrDefault();
        if (found is not null)
        {
            // Only programs that exist are remembered: ids that somebody makes up must not fill the memory.
            cache[(practice.Id, id)] = (found, gate, now);
        }

        return found;
    }

    /// <summary>Whether it is a secret of the program that has not ended. Two may be good at once, while it changes over.</summary>
    public async Task<bool> IsSecretAsync(Practice practice, Guid id, string secret, CancellationToken ct)
    {
        await using var connection = await practice.OpenAsync(ct);
        var right = await connection.QueryAsync("select 1 from core.program_secrets where program_id = $1 and digest = $2 and (ends_at is null or ends_at > $3)",
            [id, ProgramAdmin.Digest(secret), clock.GetUtcNow()], r => r.GetInt32(0), ct);
        return right.Count > 0;
    }

    /// <summary>Notes to the minute that the program was here.</summary>
    public async ValueTask UsedAsync(Practice practice, Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (used.TryGetValue((practice.Id, id), out var last) && now - last < UsedEvery)
        {
            return;
        }

        used[(practice.Id, id)] = now;
        await using var connection = await practice.OpenAsync(ct);
        await connection.ExecuteAsync("update core.programs set last_used_at = $2 where id = $1", [id, now], ct);
    }

    public IReadOnlySet<string> Declared(Practice practice) => RolePermissions.Declared(modules, practice).Select(p => p.Id).ToHashSet();
}
