using Microsoft.AspNetCore.Antiforgery;
using Modular.Host.Data;
using Modular.Host.Modules;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Frame;

/// <summary>Gathers what stands around a page. All counts come in one round trip, whatever the number of modules.</summary>
public sealed class FrameReader(ScopeContext scope, Work work, InstalledModules modules, ChosenLocation place, TimeProvider clock, IAntiforgery antiforgery, BrokenCounts broken)
{
    /// <summary>As the session's own limit: the page warns and locks by itself.</summary>
    public const int IdleSeconds = 15 * 60;

    public async Task<FrameModel> ReadAsync(HttpContext http)
    {
        var entries = scope.Actor.SignedIn ? Allowed() : [];
        var counts = await CountAsync([.. entries.Where(e => e.Count is not null && !broken.Has(e))], http.RequestAborted);
        var current = entries.Where(e => At(http.Request.Path, e.Path)).MaxBy(e => e.Path.Length);
        var keys = new HashSet<char> { 'h' };
        var rail = entries.Select(e => new RailEntry(e.Title, e.Path, e.Icon, e.Order < 500 ? 0 : e.Order < 900 ? 1 : 2, e == current, Key(e.Title, keys), counts.GetValueOrDefault(e)));
        var zone = place.Location?.Zone ?? scope.Practice.Zone;
        return new([.. rail], FrameSettings.Of(http.Request), place, 0, WallTime.Today(clock, zone), antiforgery.GetAndStoreTokens(http).RequestToken);
    }

    private List<NavigationEntry> Allowed() =>
    [
        .. modules.WithCore.Where(m => scope.Practice.IsOn(m.Id)).SelectMany(m => m.Declared.Navigation)
            .Where(e => scope.Actor.Can(e.Permission)).OrderBy(e => e.Order).ThenBy(e => e.Title, StringComparer.Ordinal),
    ];

    private static bool At(PathString path, string entry) => path.StartsWithSegments(new PathString(entry.Split('?')[0]));

    /// <summary>The first letter of the title that no earlier entry took.</summary>
    private static string? Key(string title, HashSet<char> taken)
    {
        var letter = title.ToLowerInvariant().FirstOrDefault(c => char.IsAsciiLetterLower(c) && taken.Add(c));
        return letter == default ? null : $"g {letter}";
    }

    private async Task<Dictionary<NavigationEntry, long?>> CountAsync(List<NavigationEntry> entries, CancellationToken ct)
    {
        var counts = new Dictionary<NavigationEntry, long?>();
        if (entries.Count == 0)
        {
            return counts;
        }

        // Each count stands alone: one module's mistake must not take the frame from every page.
        await using var batch = new NpgsqlBatch(await work.OpenAsync(ct)) { EnableErrorBarriers = true };
        foreach (var entry in entries)
        {
            batch.BatchCommands.Add(Command(entry.Count!));
        }

        try
        {
            await using var reader = await batch.ExecuteReaderAsync(ct);
            foreach (var entry in entries)
            {
                counts[entry] = await reader.ReadAsync(ct) ? reader.GetInt64(0) : null;
                await reader.NextResultAsync(ct);
            }
        }
        catch (PostgresException e)
        {
            broken.Add(entries[Math.Min(counts.Count, entries.Count - 1)], e);
        }

        return counts;
    }

    private NpgsqlBatchCommand Command(string sql)
    {
        var data = DataScope.Of(scope.Actor);
        return new(sql)
        {
            Parameters =
            {
                new() { Value = data.AllLocations },
                new() { Value = data.Locations, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new() { Value = (object?)place.Location?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        };
    }
}

/// <summary>Counts that failed in this process: left out until the next start, and told once.</summary>
public sealed class BrokenCounts(ILogger<BrokenCounts> log)
{
    private readonly HashSet<NavigationEntry> entries = [];

    public bool Has(NavigationEntry entry)
    {
        lock (entries)
        {
            return entries.Contains(entry);
        }
    }

    public void Add(NavigationEntry entry, PostgresException fault)
    {
        lock (entries)
        {
            entries.Add(entry);
        }

        log.LogError("The count of the navigation entry {Entry} fails and is left out: {Code} {Reason}", entry.Path, fault.SqlState, fault.MessageText);
    }
}
