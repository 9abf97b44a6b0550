using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Frame;

/// <summary>A person's own filters of a list, by name.</summary>
public sealed class SavedViews(Work work, ScopeContext scope)
{
    public const int Most = 20;

    public async Task<IReadOnlyList<SavedView>> OfAsync(string list, CancellationToken ct = default)
    {
        if (scope.Actor.PersonId is not { } person)
        {
            return [];
        }

        await using var command = new NpgsqlCommand("select id, name, query from core.saved_views where person_id = $1 and list = $2 order by name", await work.OpenAsync(ct))
        {
            Parameters = { new() { Value = person }, new() { Value = list } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var views = new List<SavedView>();
        while (await reader.ReadAsync(ct))
        {
            views.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2)));
        }

        return views;
    }

    /// <summary>Saves under a name; the same name takes the new filters.</summary>
    /// <returns>False when the person has as many as a menu holds.</returns>
    public async Task<bool> SaveAsync(string list, string name, string query, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            insert into core.saved_views (id, person_id, list, name, query)
            select $1, $2, $3, $4, $5
            where (select count(*) from core.saved_views where person_id = $2 and list = $3 and name <> $4) < {Most}
            on conflict (person_id, list, name) do update set query = excluded.query
            """, await work.OpenAsync(ct))
        {
            Parameters = { new() { Value = Guid.CreateVersion7() }, new() { Value = scope.Actor.PersonId!.Value }, new() { Value = list }, new() { Value = name }, new() { Value = query } },
        };
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    public async Task RemoveAsync(Guid id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("delete from core.saved_views where id = $1 and person_id = $2", await work.OpenAsync(ct))
        {
            Parameters = { new() { Value = id }, new() { Value = scope.Actor.PersonId!.Value } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
