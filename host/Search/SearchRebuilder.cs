using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Search;

/// <summary>
/// Derives a module's search and task rows anew from its entities: after a new version declares them differently, or after rows
/// were loaded past the host. What people did to tasks stays. Safe to repeat and to run beside live work.
/// </summary>
public sealed class SearchRebuilder(IServiceProvider services, InstalledModules modules, TimeProvider clock)
{
    private const int PageSize = 500;

    private static readonly MethodInfo PageMethod = typeof(SearchRebuilder).GetMethod(nameof(PageAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;

    /// <returns>How many entities were read.</returns>
    public async Task<int> RebuildAsync(Practice practice, string module, CancellationToken ct = default)
    {
        var declared = modules.Find(module)?.Declared ?? throw new ArgumentException($"There is no module {module}.", nameof(module));
        var kinds = declared.Search.Select(s => new Kind(s.Kind, s.Entity, "search", (entity, _) => s.Entry(entity) is { } entry
                ? SearchRecorder.Upsert([new(module, s.Kind, entity.Id, entry)])
                : SearchRecorder.Delete(module, s.Kind, entity)))
            .Concat(declared.Tasks.Select(t => new Kind(t.Kind, t.Entity, "tasks",
                (entity, now) => TaskRecorder.Command(module, t.Kind, entity, t.Entry(entity), practice, now, again: true))));
        var read = 0;
        foreach (var kind in kinds)
        {
            Guid? last = Guid.Empty;
            while (last is { } after)
            {
                await using var scope = services.OpenScope(practice, Actor.System("rebuild"));
                var db = declared.Databases.Select(type => (ModuleDb)scope.ServiceProvider.GetRequiredService(type)).First(d => d.Model.FindEntityType(kind.Entity) is not null);
                var page = await (Task<List<IVersioned>>)PageMethod.MakeGenericMethod(kind.Entity).Invoke(this, [db, after, ct])!;
                await WriteAsync(db, kind, page, ct);
                read += page.Count;
                last = page.Count == PageSize ? page[^1].Id : await SweepAsync(db, module, kind, ct);
            }
        }

        return read;
    }

    private sealed record Kind(string Name, Type Entity, string Table, Func<IVersioned, DateTimeOffset, NpgsqlBatchCommand> Row);

    private async Task<List<IVersioned>> PageAsync<TEntity>(ModuleDb db, Guid after, CancellationToken ct) where TEntity : class, IVersioned =>
        [.. await db.Set<TEntity>().AsNoTracking()
            .Where(e => EF.Property<Guid>(e, "Id").CompareTo(after) > 0).OrderBy(e => EF.Property<Guid>(e, "Id")).Take(PageSize).ToListAsync(ct)];

    private async Task WriteAsync(ModuleDb db, Kind kind, List<IVersioned> page, CancellationToken ct)
    {
        if (page.Count == 0)
        {
            return;
        }

        await using var write = await db.BeginWriteAsync(ct);
        await using var batch = new NpgsqlBatch(db.Work.Connection);
        foreach (var entity in page)
        {
            batch.BatchCommands.Add(kind.Row(entity, clock.GetUtcNow()));
        }

        await batch.ExecuteNonQueryAsync(ct);
        await write.CommitAsync(ct);
    }

    /// <summary>Rows whose entity is gone. The names come from the module's own model, never from input.</summary>
    private static async Task<Guid?> SweepAsync(ModuleDb db, string module, Kind kind, CancellationToken ct)
    {
        var entity = db.Model.FindEntityType(kind.Entity)!;
        var connection = await db.Work.OpenAsync(ct);
        await connection.ExecuteAsync($"""
            delete from core.{kind.Table} r where r.module = $1 and r.kind = $2
            and not exists (select 1 from "{entity.GetSchema()}"."{entity.GetTableName()}" e where e.id = r.entity_id)
            """, [module, kind.Name], ct);
        return null;
    }
}
