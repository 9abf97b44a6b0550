using Modular.Host.Data;
using Modular.Host.Enabling;
using Modular.Host.Installed;
using Modular.Host.Installing;
using Modular.Host.Judging;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Slots;
using Modular.Host.Start;

namespace Modular.Host.Modules;

/// <summary>How each module stands: on disk, in this process and in one practice.</summary>
public sealed class ModuleOverview(InstalledModules modules, ModuleStandings standings, StartOptions options, ModuleEnabling enabling, SlotBreaker breaker, TimeProvider clock)
{
    /// <param name="Waiting">Messages that are due.</param>
    /// <param name="Oldest">Since when the oldest of them waits.</param>
    /// <param name="State">As the database has it: this process's own copy may be moments old.</param>
    /// <param name="Since">When it came into this state; null when it never had one.</param>
    /// <param name="WaitsFor">What turning it on or filling it waits for, a sentence.</param>
    /// <param name="Filled">Rows replayed so far; null unless filling.</param>
    /// <param name="Standing">How it stands on this host, whatever the practice.</param>
    /// <param name="Notes">What is not right with it although it may run, a sentence each.</param>
    public sealed record Row(
        LoadedModule Module, string State, DateTimeOffset? Since, string? WaitsFor, string? Failed, long Waiting, DateTimeOffset? Oldest, long Parked, long Dead, long? Filled, ModuleStanding Standing,
        IReadOnlyList<string> NeededBy, IReadOnlyList<string> Notes);

    public async Task<IReadOnlyList<Row>> ReadAsync(Practice practice, Work work, CancellationToken ct)
    {
        var counts = (await (await work.OpenAsync(ct)).QueryAsync("""
            select m.module, coalesce(i.waiting, 0), i.oldest, (select count(*) from bus.parked p where p.module = m.module),
                (select count(*) from bus.wolverine_dead_letters d where d.module = m.module),
                case when s.state in ('subscribing', 'filling') then (s.fill_state->>'rows')::bigint end,
                coalesce(s.state, 'off'), s.changed_at, s.reason
            from unnest($1::text[]) as m (module)
            left join core.modules s on s.module = m.module
            left join (select module, count(*) as waiting, min(execution_time) as oldest from bus.wolverine_incoming_envelopes
                where status <> 'Handled' and execution_time <= $2 group by module) i on i.module = m.module
            """, [modules.All.Select(m => m.Id).ToArray(), clock.GetUtcNow()],
            r => (Id: r.GetString(0), Waiting: r.GetInt64(1), Oldest: r.InstantOrNull(2), Parked: r.GetInt64(3), Dead: r.GetInt64(4),
                Filled: r.IsDBNull(5) ? (long?)null : r.GetInt64(5), State: r.GetString(6), Since: r.InstantOrNull(7), WaitsFor: r.TextOrNull(8)), ct)).ToDictionary(c => c.Id);
        var states = counts.Values.ToDictionary(c => c.Id, c => c.State);
        var disk = ManifestJudge.Discover(options).ToDictionary(m => m.Folder);
        return [.. modules.All.Select(module => (module, c: counts[module.Id], standing: standings.Of(module, disk.GetValueOrDefault(module.Folder)))).Select(x => new Row(
            x.module, x.c.State, x.c.Since, x.c.WaitsFor, practice.Snapshot.Failed.GetValueOrDefault(x.module.Id),
            x.c.Waiting, x.c.Oldest, x.c.Parked, x.c.Dead, x.c.Filled, x.standing,
            [.. enabling.Dependents(states, x.module.Id).Select(m => m.Manifest.Name)], [.. x.standing.Notes, .. Resting(practice, x.module)]))];
    }

    private IEnumerable<string> Resting(Practice practice, LoadedModule module) => breaker.Resting(practice.Id, module.Id)
        .Select(panel => $"Its panel {panel} failed or took too long {SlotBreaker.Limit} times in a row and rests for a minute; the pages around it work.");

    /// <summary>Left out after two crashes, and nobody said yet that it may try again.</summary>
    public bool MayRetry(LoadedModule module) => module.Status == ModuleStatus.HeldBack && new StartMarkers(options.DataDirectory).HoldsBack(module.Id);

    /// <summary>Folders that appeared since this process started.</summary>
    public IReadOnlyList<LoadedModule> New() =>
        [.. ManifestJudge.Discover(options).Where(m => modules.All.All(known => known.Folder != m.Folder))];
}
