using Microsoft.EntityFrameworkCore;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Search;

/// <summary>Keeps the search rows of saved entities, in the transaction that saves them.</summary>
public sealed class SearchRecorder(InstalledModules modules) : IRowRecorder
{
    public bool Derives => true;

    public bool Follows => true;

    public void Record(IReadOnlyList<SavedRow> rows, Work work)
    {
        var found = new List<SearchRow>();
        foreach (var row in rows)
        {
            foreach (var (module, declared) in modules.SearchOf(row.Entity.GetType()))
            {
                var entry = row.State == EntityState.Deleted ? null : declared.Entry(row.Entity);
                if (entry is not null)
                {
                    found.Add(new(module, declared.Kind, ((IVersioned)row.Entity).Id, entry));
                }
                else if (row.State != EntityState.Added)
                {
                    var delete = Delete(module, declared.Kind, (IVersioned)row.Entity);
                    work.AddRows(batch => batch.BatchCommands.Add(delete));
                }
            }
        }

        if (found.Count > 0)
        {
            var upsert = Upsert(found);
            work.AddRows(batch => batch.BatchCommands.Add(upsert));
        }
    }

    public static NpgsqlBatchCommand Delete(string module, string kind, IVersioned entity) => new("delete from core.search where module = $1 and kind = $2 and entity_id = $3")
    {
        Parameters = { new() { Value = module }, new() { Value = kind }, new() { Value = entity.Id } },
    };

    /// <summary>One statement whatever their number; no entity may be there twice.</summary>
    public static NpgsqlBatchCommand Upsert(IReadOnlyList<SearchRow> rows)
    {
        var command = new NpgsqlBatchCommand("""
            insert into core.search (module, kind, entity_id, title, detail, link, permission, location_id, patient_id, words)
            select * from unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::uuid[], $10::text[])
            on conflict (module, kind, entity_id) do update set title = excluded.title, detail = excluded.detail, link = excluded.link,
                permission = excluded.permission, location_id = excluded.location_id, patient_id = excluded.patient_id, words = excluded.words
            where (core.search.title, core.search.detail, core.search.link, core.search.permission, core.search.location_id, core.search.patient_id, core.search.words)
                is distinct from (excluded.title, excluded.detail, excluded.link, excluded.permission, excluded.location_id, excluded.patient_id, excluded.words)
            """);
        void Add(NpgsqlDbType type, Func<SearchRow, object?> value) =>
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = rows.Select(value).ToArray() });
        Add(NpgsqlDbType.Text, r => r.Module);
        Add(NpgsqlDbType.Text, r => r.Kind);
        Add(NpgsqlDbType.Uuid, r => r.EntityId);
        Add(NpgsqlDbType.Text, r => r.Entry.Title);
        Add(NpgsqlDbType.Text, r => r.Entry.Detail);
        Add(NpgsqlDbType.Text, r => r.Entry.Link);
        Add(NpgsqlDbType.Text, r => r.Entry.Permission);
        Add(NpgsqlDbType.Uuid, r => r.Entry.LocationId);
        Add(NpgsqlDbType.Uuid, r => r.Entry.PatientId);
        Add(NpgsqlDbType.Text, r => SearchWords.Of(r.Entry));
        return command;
    }
}

public sealed record SearchRow(string Module, string Kind, Guid EntityId, SearchEntry Entry);
