using Microsoft.EntityFrameworkCore;
using Modular.Host.Data;
using Modular.Host.Modules;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Search;

/// <summary>Keeps the search rows of saved entities, in the transaction that saves them.</summary>
public sealed class SearchRecorder(InstalledModules modules) : IRowRecorder
{
    public bool Derives => true;

    public void Record(IReadOnlyList<SavedRow> rows, Work work)
    {
        foreach (var row in rows)
        {
            foreach (var (module, declared) in modules.SearchOf(row.Entity.GetType()))
            {
                var entry = row.State == EntityState.Deleted ? null : declared.Entry(row.Entity);
                if (entry is not null || row.State != EntityState.Added)
                {
                    var command = Command(module, declared.Kind, (IVersioned)row.Entity, entry);
                    work.AddRows(batch => batch.BatchCommands.Add(command));
                }
            }
        }
    }

    public static NpgsqlBatchCommand Command(string module, string kind, IVersioned entity, SearchEntry? entry) => entry is null
        ? new("delete from core.search where module = $1 and kind = $2 and entity_id = $3")
        {
            Parameters = { new() { Value = module }, new() { Value = kind }, new() { Value = entity.Id } },
        }
        : new("""
            insert into core.search (module, kind, entity_id, title, detail, link, permission, location_id, patient_id, words)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (module, kind, entity_id) do update set title = excluded.title, detail = excluded.detail, link = excluded.link,
                permission = excluded.permission, location_id = excluded.location_id, patient_id = excluded.patient_id, words = excluded.words
            where (core.search.title, core.search.detail, core.search.link, core.search.permission, core.search.location_id, core.search.patient_id, core.search.words)
                is distinct from (excluded.title, excluded.detail, excluded.link, excluded.permission, excluded.location_id, excluded.patient_id, excluded.words)
            """)
        {
            Parameters =
            {
                new() { Value = module }, new() { Value = kind }, new() { Value = entity.Id }, new() { Value = entry.Title }, new() { Value = entry.Detail },
                new() { Value = entry.Link }, new() { Value = entry.Permission }, Sql.Uuid(entry.LocationId), Sql.Uuid(entry.PatientId),
                new() { Value = SearchWords.Of(entry.Title, entry.Keywords) },
            },
        };
}
