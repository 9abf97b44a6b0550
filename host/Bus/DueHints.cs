using System.Collections.Concurrent;
using Modular.Host.Practices;
using Npgsql;

namespace Modular.Host.Bus;

/// <summary>
/// The catalogue knows for each practice when something is due next, so that one query finds the few practices with work among a thousand.
/// Hints may be lost; the sweep repairs them.
/// </summary>
public sealed class DueHints(Catalogue catalogue, TimeProvider clock, ILogger<DueHints> log)
{
    private static readonly TimeSpan BetweenTellings = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> fresh = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> told = new();

    public void Add(Guid practice, DateTimeOffset due) => fresh.AddOrUpdate(practice, due, (_, known) => due < known ? due : known);

    /// <summary>True at most once a second for a practice.</summary>
    public bool MayTell(Guid practice)
    {
        var now = clock.GetUtcNow();
        if (told.TryGetValue(practice, out var last) && now - last < BetweenTellings)
        {
            return false;
        }

        told[practice] = now;
        return true;
    }

    /// <summary>Tells the other hosts to look at a practice. That they could not be told is in the log: their sweep finds it.</summary>
    public async Task TellAsync(Guid practice)
    {
        try
        {
            await catalogue.NotifyAsync("due", practice, "", CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogWarning("Could not tell the other hosts of work: {Exception}", e.GetType().Name);
        }
    }

    /// <summary>Writes the hints collected since the last time, earliest wins.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        var hints = fresh.ToArray();
        if (hints.Length == 0)
        {
            return;
        }

        await using var command = catalogue.Database.CreateCommand("""
            update practices p set next_due = least(coalesce(p.next_due, h.due), h.due)
            from unnest($1::uuid[], $2::timestamptz[]) as h (id, due) where p.id = h.id
            """);
        command.Parameters.Add(new() { Value = hints.Select(h => h.Key).ToArray() });
        command.Parameters.Add(new() { Value = hints.Select(h => h.Value.ToUniversalTime()).ToArray() });
        await command.ExecuteNonQueryAsync(ct);
        foreach (var hint in hints)
        {
            fresh.TryRemove(hint);
        }
    }

    /// <summary>Practices with something due; their hints are taken off, because whoever looks there notes the next one.</summary>
    public async Task<IReadOnlyList<Guid>> TakeDueAsync(CancellationToken ct)
    {
        await using var command = catalogue.Database.CreateCommand("update practices set next_due = null where next_due <= $1 returning id");
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var due = new List<Guid>();
        while (await reader.ReadAsync(ct))
        {
            due.Add(reader.GetGuid(0));
        }

        return due;
    }
}
