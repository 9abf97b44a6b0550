using System.Collections.Concurrent;
using Modular.Host.Logging;
using Modular.Host.Postgres;

namespace Modular.Host.Practices;

/// <summary>The practices this process serves: found by host name, upgraded in the background, refreshed when any host changed them.</summary>
public sealed class PracticeRegistry(Catalogue catalogue, DatabaseServer server, TakeUpPractice takeUp, ConnectionLimit limit, ILogger<PracticeRegistry> log) : IAsyncDisposable
{
    /// <summary>A busy practice cannot take the whole of the process's connections.</summary>
    public const int ConnectionsPerPractice = 24;

    private readonly ConcurrentDictionary<Guid, Practice> practices = new();
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> refreshing = new();
    private readonly SemaphoreSlim reloading = new(1);
    private volatile Dictionary<string, Practice> byHost = [];

    /// <summary>Raised after a practice's snapshot was replaced.</summary>
    public event Action<Practice>? Refreshed;

    /// <summary>Raised after a practice went from the catalogue.</summary>
    public event Action<Practice>? Removed;

    public IReadOnlyCollection<Practice> All => [.. practices.Values];

    public Practice? Find(Guid id) => practices.GetValueOrDefault(id);

    public Practice? FindSlug(string slug) => practices.Values.FirstOrDefault(p => p.Row.Slug == slug);

    /// <summary>By host name; on loopback the only practice answers to any name.</summary>
    public Practice? Resolve(HostString host)
    {
        if (byHost.TryGetValue(host.Host.ToLowerInvariant(), out var practice))
        {
            return practice;
        }

        var loopback = host.Host is "localhost" or "127.0.0.1" or "[::1]";
        return loopback && practices.Count == 1 ? practices.Values.First() : null;
    }

    /// <summary>Reads the catalogue: new practices appear, removed ones go.</summary>
    public async Task ReloadAsync(CancellationToken ct)
    {
        // One after the other: what was read earlier must not replace what was read later.
        await reloading.WaitAsync(ct);
        try
        {
            await ApplyAsync(await catalogue.PracticesAsync(ct));
        }
        finally
        {
            reloading.Release();
        }
    }

    private async Task ApplyAsync(IReadOnlyList<PracticeRow> rows)
    {
        foreach (var row in rows)
        {
            var practice = practices.GetOrAdd(row.Id, _ => Open(row));
            if (practice.Row.Server != row.Server)
            {
                // Moved: what still holds the old database must not write there any more. The bus takes up the new one at the next start.
                await practice.CloseAsync();
                practices[row.Id] = practice = Open(row);
            }

            practice.Row = row;
        }

        foreach (var gone in practices.Keys.Except(rows.Select(r => r.Id)))
        {
            if (practices.TryRemove(gone, out var practice))
            {
                refreshing.TryRemove(gone, out _);
                await practice.CloseAsync();
                Removed?.Invoke(practice);
            }
        }

        byHost = practices.Values
            .SelectMany(p => p.Row.Hosts.Concat(p.Row.PublicHosts).Append($"{p.Row.Slug}.localhost").Select(host => (host, p)))
            .DistinctBy(x => x.host)
            .ToDictionary(x => x.host, x => x.p);
    }

    private Practice Open(PracticeRow row) => new(row, server.DataSource(row.DatabaseName, ConnectionsPerPractice, row.Server, reset: false), limit);

    /// <summary>Migrates where the fingerprint differs and takes a new snapshot. Whatever goes wrong is this practice's alone.</summary>
    /// <returns>False when the practice cannot be taken up; its fault and the log say why.</returns>
    public async Task<bool> RefreshAsync(Practice practice, CancellationToken ct)
    {
        var one = refreshing.GetOrAdd(practice.Id, _ => new(1));
        await one.WaitAsync(ct);
        try
        {
            await takeUp(practice, ct);
            Refreshed?.Invoke(practice);
            practice.Fault = null;
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return Fail(practice, Failure.IsAway(e) ? new($"Its database cannot be reached: {Failure.Describe(e)}.", true)
                : new(e is PracticeFaultException ? e.Message : $"It cannot be taken up: {Failure.Describe(e)}.", false));
        }
        finally
        {
            one.Release();
        }
    }

    private bool Fail(Practice practice, PracticeFault fault)
    {
        if (Find(practice.Id) != practice)
        {
            return false; // It went meanwhile.
        }

        practice.Fault = fault;
        log.LogError("Practice {Practice} is not served by its present state, and tried again: {Reason}", practice.Row.Slug, fault.Reason);
        return false;
    }

    /// <summary>What is true of the practice changed (modules, profile, roles): here at once, everywhere within moments.</summary>
    public async Task ChangedAsync(Practice practice, CancellationToken ct)
    {
        await catalogue.RaiseGateAsync(practice.Id, ct);
        await ReloadAsync(ct);
        await RefreshAsync(practice, ct);
        await catalogue.FollowNameAsync(practice, ct);
    }

    /// <summary>The server was away: idle connections to it are dead, and each would fail one request before it is noticed.</summary>
    public void ForgetConnections()
    {
        catalogue.Database.Clear();
        foreach (var practice in practices.Values)
        {
            practice.Database.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var practice in practices.Values)
        {
            await practice.CloseAsync();
        }

        reloading.Dispose();
    }
}
