using System.Collections.Concurrent;
using Modular.Host.Callers;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.Settings;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.SignedIn;

/// <summary>
/// Reads a session with its person, roles and places in one round trip, and remembers it for a few seconds: a page with ten
/// fragments asks the database once. A change of roles raises the practice's gate version, an ended session is told to every host;
/// the seconds only bound what happens when a host missed the news.
/// </summary>
public sealed class SessionReader(InstalledModules modules, NodeService node, SettingsCache settings, TimeProvider clock)
{
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<(Guid Practice, Guid Session), Remembered> cache = new();
    private int listening;

    public async ValueTask<Session?> FindAsync(Practice practice, Guid id, CancellationToken ct)
    {
        Listen();
        var now = clock.GetUtcNow();
        if (cache.TryGetValue((practice.Id, id), out var known) && known.Gate == practice.Snapshot.GateVersion
            && now - known.ReadAt < Remember && known.Session?.IsLocked(now) == false && !(known.Session.EndsAt <= now))
        {
            return known.Session;
        }

        var gate = practice.Snapshot.GateVersion;
        var session = await ReadAsync(practice, id, now, ct);
        Trim();
        cache[(practice.Id, id)] = new(session, gate, now);
        return session;
    }

    public void Forget(Guid practice, Guid session) => cache.TryRemove((practice, session), out _);

    /// <summary>News "session practice id" from any host.</summary>
    private void Listen()
    {
        if (Interlocked.Exchange(ref listening, 1) == 0)
        {
            node.Told += (kind, practice, detail) =>
            {
                if (kind == Sessions.News && Guid.TryParse(detail, out var session))
                {
                    Forget(practice, session);
                }
            };
        }
    }

    private void Trim()
    {
        if (cache.Count > 20_000)
        {
            cache.Clear();
        }
    }

    private async Task<Session?> ReadAsync(Practice practice, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var rules = (PracticeSettings)await settings.GetAsync(practice, typeof(PracticeSettings), null, ct);
        await using var connection = await practice.OpenAsync(ct);
        await using var command = new NpgsqlCommand("""
            select s.person_id, p.name, p.all_locations, s.created_at, s.last_seen_at, s.confirmed_at, s.locked_at is not null,
                   array(select l.location_id from core.person_locations l where l.person_id = p.id order by 1),
                   array(select r.preset from core.person_roles r where r.person_id = p.id and r.preset is not null order by 1),
                   array(select r.name from core.person_roles pr join core.roles r on r.id = pr.role_id where pr.person_id = p.id order by 1),
                   array(select distinct g.permission from core.person_roles pr join core.role_grants g on g.role_id = pr.role_id
                         where pr.person_id = p.id and g.granted),
                   p.sign_in_ends_at
            from core.sessions s join core.people p on p.id = s.person_id
            where s.id = $1 and s.ended_at is null and p.active and (p.sign_in_ends_at is null or p.sign_in_ends_at > $3) and p.security_stamp = s.security_stamp and s.created_at > $2
            """, connection);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = now - Session.AbsoluteLimit });
        command.Parameters.Add(new() { Value = now });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader, practice, id, TimeSpan.FromMinutes(rules.LockAfter)) : null;
    }

    private Session Read(NpgsqlDataReader row, Practice practice, Guid id, TimeSpan idle)
    {
        var presets = row.GetFieldValue<string[]>(8);
        return new()
        {
            Id = id,
            PersonId = row.GetGuid(0),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(3),
            LastSeenAt = row.GetFieldValue<DateTimeOffset>(4),
            ConfirmedAt = row.GetFieldValue<DateTimeOffset>(5),
            Locked = row.GetBoolean(6),
            IdleLimit = idle,
            EndsAt = row.InstantOrNull(11),
            Actor = new()
            {
                Name = row.GetString(1),
                PersonId = row.GetGuid(0),
                Permissions = RolePermissions.Of(modules, practice, presets, row.GetFieldValue<string[]>(10)),
                Locations = row.GetBoolean(2) ? null : row.GetFieldValue<Guid[]>(7),
                Roles = [.. presets, .. row.GetFieldValue<string[]>(9)],
            },
        };
    }

    private sealed record Remembered(Session? Session, int Gate, DateTimeOffset ReadAt);
}
