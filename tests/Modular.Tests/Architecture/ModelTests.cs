using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installed;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Architecture;

/// <summary>The EF models say what the SQL migrations made; nothing maps a column that is not there.</summary>
public sealed class ModelTests(SharedHost shared)
{
    [Fact]
    public async Task Every_mapped_column_exists_with_its_type_and_nullability()
    {
        await using var scope = shared.Host.Scope(shared.Host.North);
        var columns = await ColumnsAsync(shared.Host.North.Database);
        var modules = shared.Host.Services.GetRequiredService<InstalledModules>();
        var wrong =
            from type in modules.WithCore.SelectMany(m => m.Declared.Databases)
            let db = (DbContext)scope.ServiceProvider.GetRequiredService(type)
            from entity in db.Model.GetEntityTypes()
            where (entity.GetTableName() ?? entity.GetViewName()) is not null && !entity.IsMappedToJson()
            from property in entity.GetFlattenedProperties()
            let table = entity.GetViewName() is { } view
                ? StoreObjectIdentifier.View(view, entity.GetViewSchema()) : StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema())
            let fault = Fault(columns, table, property)
            where fault is not null
            select fault;

        Assert.True(!wrong.Any(), string.Join("\n", wrong));
    }

    private static string? Fault(Dictionary<string, (string Type, bool Nullable)> columns, StoreObjectIdentifier table, IProperty property)
    {
        var name = $"{table.Schema}.{table.Name}.{property.GetColumnName(table)}";
        if (!columns.TryGetValue(name, out var column))
        {
            return $"{name} is mapped but not in the database";
        }

        var mapped = property.GetColumnType().Split('(')[0];
        return mapped != column.Type ? $"{name} is {column.Type} in the database and {mapped} in the model"
            // A stricter database is its right; a null that the model cannot hold is a page that fails.
            : column.Nullable && !property.IsNullable ? $"{name} may be null in the database and not in the model"
            : null;
    }

    private static async Task<Dictionary<string, (string, bool)>> ColumnsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("""
            select n.nspname || '.' || c.relname || '.' || a.attname, split_part(format_type(a.atttypid, null), '(', 1),
                not a.attnotnull and c.relkind <> 'v' -- A view's columns promise nothing themselves.
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v') and n.nspname not like 'pg_%'
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new Dictionary<string, (string, bool)>();
        while (await reader.ReadAsync())
        {
            columns[reader.GetString(0)] = (reader.GetString(1), reader.GetBoolean(2));
        }

        return columns;
    }
}
