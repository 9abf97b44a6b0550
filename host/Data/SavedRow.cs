using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Modular.Sdk;

namespace Modular.Host.Data;

/// <summary>Writes what a save changed somewhere else in the same transaction: change log, search index, task inbox.</summary>
public interface IRowRecorder
{
    /// <summary>True when what it writes follows from the rows alone, and is due for rows that were loaded in bulk as well.</summary>
    bool Derives { get; }

    /// <summary>True when what it writes is due also for rows that were changed past their context, of which no value before is known.</summary>
    bool Follows => false;

    /// <summary>Called after the save, inside its write.</summary>
    void Record(IReadOnlyList<SavedRow> rows, Work work);
}

/// <summary>One entity of a save, with the values before and after.</summary>
public sealed record SavedRow(object Entity, string Schema, string Table, EntityState State, IReadOnlyList<SavedValue> Values)
{
    /// <summary>Stands for a value that <see cref="NotLoggedAttribute"/> keeps out.</summary>
    public const string Withheld = "(changed)";

    /// <summary>As it was before it was changed; null for rows that are new or gone.</summary>
    public object? Was => Original?.ToObject();

    private PropertyValues? Original { get; init; }

    public Guid? Id => Entity is IVersioned row ? row.Id : Values.FirstOrDefault(v => v.Property == "Id")?.After as Guid?;

    /// <summary>Called just before the save: counts versions up and notes what will change.</summary>
    public static IReadOnlyList<SavedRow> Collect(DbContext db)
    {
        db.ChangeTracker.DetectChanges();
        var rows = new List<SavedRow>();
        foreach (var entry in db.ChangeTracker.Entries().ToList())
        {
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && !entry.Metadata.IsOwned())
            {
                CountVersion(entry);
                rows.Add(From(entry));
            }
        }

        return rows;
    }

    private static void CountVersion(EntityEntry entry)
    {
        if (entry.Entity is not IVersioned row)
        {
            return;
        }

        // The value the form was loaded with stays the original, so that a later save by somebody else is a conflict.
        row.Version = entry.State == EntityState.Added ? 1 : row.Version + (entry.State == EntityState.Modified ? 1 : 0);
        if (entry.State == EntityState.Modified)
        {
            entry.Property(nameof(IVersioned.Version)).CurrentValue = row.Version;
        }
    }

    private static SavedRow From(EntityEntry entry) => new(
        entry.Entity,
        entry.Metadata.GetSchema() ?? "",
        entry.Metadata.GetTableName() ?? entry.Metadata.ClrType.Name,
        entry.State,
        [.. from property in entry.Properties.Concat(entry.ComplexProperties.SelectMany(value => value.Properties))
            where entry.State != EntityState.Modified || property.IsModified
            let logged = property.Metadata.PropertyInfo?.IsDefined(typeof(NotLoggedAttribute), true) != true
            select new SavedValue(
                property.Metadata.Name,
                property.Metadata.GetColumnName(),
                entry.State == EntityState.Added ? null : logged ? property.OriginalValue : Withheld,
                entry.State == EntityState.Deleted ? null : logged ? property.CurrentValue : Withheld)])
    {
        // The save takes the new values for the original ones.
        Original = entry.State == EntityState.Modified ? entry.OriginalValues.Clone() : null,
    };
}

public sealed record SavedValue(string Property, string Column, object? Before, object? After);
