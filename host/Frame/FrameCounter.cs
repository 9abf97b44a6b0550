using Modular.Host.Data;
using Modular.Host.Logging;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Tasks;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Frame;

/// <summary>Every count around a page in one round trip, whatever the number of modules.</summary>
public sealed class FrameCounter(ScopeContext scope, Work work, TaskInbox inbox, ChosenLocation place, BrokenCounts broken)
{
    public async Task<FrameCounts> CountAsync(IReadOnlyList<NavigationEntry> entries, CancellationToken ct)
    {
        while (true)
        {
            var counted = entries.Where(e => e.Count is not null && !broken.Has(e)).ToList();
            var done = new Dictionary<NavigationEntry, long>();
            try
            {
                return await AskAsync(counted, done, ct);
            }
            catch (PostgresException e) when (done.Count < counted.Count)
            {
                // One module's mistake must not take the frame from every page: its count is left out from now on.
                broken.Add(counted[done.Count], e);
            }
        }
    }

    private async Task<FrameCounts> AskAsync(List<NavigationEntry> counted, Dictionary<NavigationEntry, long> done, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(await work.OpenAsync(ct));
        foreach (var entry in counted)
        {
            batch.BatchCommands.Add(Command(entry.Count!));
        }

        batch.BatchCommands.Add(new("select logo_id from core.profile"));
        batch.BatchCommands.Add(inbox.CountsCommand());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var entry in counted)
        {
            done[entry] = await reader.ReadAsync(ct) ? reader.GetInt64(0) : 0;
            await reader.NextResultAsync(ct);
        }

        var logo = await reader.ReadAsync(ct) ? reader.GuidOrNull(0) : null;
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return new(logo, reader.GetInt32(0), reader.GetInt32(1), done);
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
                Sql.Uuid(place.Location?.Id),
            },
        };
    }
}
