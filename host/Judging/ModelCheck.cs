using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Modular.Host.Installed;
using Npgsql;

namespace Modular.Host.Judging;

/// <summary>Whether the EF models of modules say what their migrations made: asked by tests, and where somebody works on a module.</summary>
public static class ModelCheck
{
    /// <param name="scope">A scope of the practice.</param>
    /// <returns>A sentence for each column that is not as the model has it; empty when all are.</returns>
    public static async Task<IReadOnlyList<string>> FaultsAsync(
        IServiceProvider scope, NpgsqlDataSource database, IEnumerable<LoadedModule> modules, CancellationToken ct = default)
    {
        var columns = await ColumnsAsync(database, ct);
        return [.. modules.SelectMany(m => m.Declared.Databases).SelectMany(type => Faults(((DbContext)scope.GetRequiredService(type)).Model, columns))];
    }

    private static IEnumerable<string> Faults(IModel model, IReadOnlyDictionary<string, Column> columns)
    {
        var mapped = new HashSet<string>();
        // Those of its own: of the bus or of a view a context may show a part.
        var tables = new HashSet<string>();
        foreach (var entity in model.GetEntityTypes().Where(e => (e.GetTableName() ?? e.GetViewName()) is not null && !e.IsMappedToJson()))
        {
            var table = entity.GetViewName() is { } view
                ? StoreObjectIdentifier.View(view, entity.GetViewSchema()) : StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
            if (table.Schema == model.GetDefaultSchema())
            {
                tables.Add($"{table.Schema}.{table.Name}");
            }

            foreach (var property in entity.GetFlattenedProperties())
            {
                var name = $"{table.Schema}.{table.Name}.{property.GetColumnName(table)}";
                mapped.Add(name);
                if (Fault(columns, name, property) is { } fault)
                {
                    yield return fault;
                }
            }

            mapped.UnionWith(entity.GetNavigations().Where(n => n.TargetEntityType.IsMappedToJson())
                .Select(n => $"{table.Schema}.{table.Name}.{n.TargetEntityType.GetContainerColumnName()}"));
            mapped.UnionWith(entity.GetComplexProperties().Select(c => $"{table.Schema}.{table.Name}.{c.ComplexType.GetContainerColumnName()}"));
        }

        foreach (var (name, _) in columns.Where(c => c.Value.MustBeGiven && tables.Contains(c.Key[..c.Key.LastIndexOf('.')]) && !mapped.Contains(c.Key)))
        {
            yield return $"{name} must be given in the database and is not in the model";
        }
    }

    private static string? Fault(IReadOnlyDictionary<string, Column> columns, string name, IProperty property)
    {
        if (!columns.TryGetValue(name, out var column))
        {
            return $"{name} is mapped but not in the database";
        }

        var type = property.GetColumnType().Split('(')[0];
        return type != column.Type ? $"{name} is {column.Type} in the database and {type} in the model"
            // A stricter database is its right; a null that the model cannot hold is a page that fails.
            : column.Nullable && !property.IsNullable ? $"{name} may be null in the database and not in the model"
            : null;
    }

    private static async Task<Dictionary<string, Column>> ColumnsAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            select n.nspname || '.' || c.relname || '.' || a.attname, split_part(format_type(a.atttypid, null), '(', 1),
                not a.attnotnull and c.relkind <> 'v', -- A view's columns promise nothing themselves.
                a.attnotnull and not a.atthasdef and a.attidentity = ''
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v') and n.nspname not like 'pg_%'
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var columns = new Dictionary<string, Column>();
        while (await reader.ReadAsync(ct))
        {
            columns[reader.GetString(0)] = new(reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3));
        }

        return columns;
    }

    /// <param name="MustBeGiven">A row without it is refused.</param>
    private sealed record Column(string Type, bool Nullable, bool MustBeGiven);
}
