using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Modular.Sdk;

/// <summary>New rows of one entity by COPY, their columns taken from the model.</summary>
internal static class BulkCopy
{
    private sealed record Column(string Name, string Type, Func<object, object?> Read);

    public static async Task WriteAsync(NpgsqlConnection connection, IEntityType entity, IEnumerable<object> rows, CancellationToken ct)
    {
        if (entity.GetNavigations().Any(n => n.TargetEntityType.IsOwned()))
        {
            throw new NotSupportedException($"{entity.ClrType.Name} owns other values; add it to the context and save it.");
        }

        // What the database writes itself, such as a generated column, is not copied.
        Column[] columns =
        [
            .. entity.GetProperties().Where(p => p.ValueGenerated != ValueGenerated.OnAddOrUpdate && !p.IsShadowProperty())
                .Select(p => Read(p, row => row)),
            .. entity.GetComplexProperties().SelectMany(value => value.ComplexType.GetProperties().Select(p => Read(p, value.GetGetter().GetClrValue))),
        ];
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        await using var copy = await connection.BeginBinaryImportAsync($"copy \"{entity.GetSchema()}\".\"{entity.GetTableName()}\" ({names}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            foreach (var column in columns)
            {
                await (column.Read(row) is { } value ? copy.WriteAsync(value, column.Type, ct) : copy.WriteNullAsync(ct));
            }
        }

        await copy.CompleteAsync(ct);
    }

    /// <param name="owner">What of the row has the property: a value made of several columns, or the row itself.</param>
    private static Column Read(IProperty property, Func<object, object?> owner)
    {
        var (getter, converter) = (property.GetGetter(), property.GetTypeMapping().Converter);
        return new(property.GetColumnName(), property.GetColumnType(), row => (owner(row) is { } has ? getter.GetClrValue(has) : null) switch
        {
            null => null,
            // PostgreSQL keeps the instant; it is sent without an offset.
            DateTimeOffset instant => instant.UtcDateTime,
            var value => converter is null ? value : converter.ConvertToProvider(value),
        });
    }
}
