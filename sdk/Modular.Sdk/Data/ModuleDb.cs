using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;

namespace Modular.Sdk;

/// <summary>What the host hands to a <see cref="ModuleDb"/>: options on the scope's connection, the data scope and the write.</summary>
public sealed record ModuleDbContext<TDb>(DbContextOptions<TDb> Options, DataScope Scope, IWork Work, string Schema) : IModuleDbContext
    where TDb : ModuleDb
{
    DbContextOptions IModuleDbContext.Options => Options;
}

public interface IModuleDbContext
{
    DbContextOptions Options { get; }
    DataScope Scope { get; }
    IWork Work { get; }
    string Schema { get; }
}

/// <summary>
/// A module's window on its own schema. It is born with the data scope of the request, so that a query cannot forget it:
/// rows that implement <see cref="IAtLocation"/> are only those of readable locations, and rows that implement <see cref="IOfPatient"/> only
/// those of patients whose chart is not shut to whoever asks.
/// Tables and columns are named in snake_case; every save is one transaction with its change log and messages.
/// </summary>
public abstract class ModuleDb(IModuleDbContext context) : DbContext(context.Options)
{
    internal const string PatientFilter = "patient";

    protected internal DataScope Scope { get; } = context.Scope;

    public IWork Work { get; } = context.Work;

    public string Schema { get; } = context.Schema;

    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        Map(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes().ToList())
        {
            Conventions(modelBuilder, entity);
        }
    }

    /// <summary>Maps the module's entities; names, versions and filters follow by convention.</summary>
    protected abstract void Map(ModelBuilder model);

    /// <summary>
    /// What a person is told when the database refuses a row: the name of a unique index, check or exclusion constraint, with the field of the
    /// form and the sentence. Given once; forms, <see cref="Slice.TrySaveAsync(ModuleDb, CancellationToken)"/> and <see cref="Explain"/> use it.
    /// </summary>
    /// <example><code>
    /// protected override IReadOnlyDictionary&lt;string, FieldError&gt; Sentences { get; } = new Dictionary&lt;string, FieldError&gt;
    /// {
    ///     ["payers_name"] = new("Name", "A payer of this name is on the list already."),
    /// };
    /// </code></example>
    protected virtual IReadOnlyDictionary<string, FieldError> Sentences => new Dictionary<string, FieldError>();

    /// <summary>The sentence for a failed save; null when it failed for a reason that has none.</summary>
    /// <example><c>catch (DbUpdateException e) when (db.Explain(e) is { } refused)</c></example>
    public FieldError? Explain(Exception failure) =>
        (failure as PostgresException ?? failure.InnerException as PostgresException)?.ConstraintName is { } name
            ? Sentences.GetValueOrDefault(name) : null;

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await using var write = await Work.BeginAsync(this, cancellationToken);
        var rows = await Work.SaveAsync(this, ct => base.SaveChangesAsync(acceptAllChangesOnSuccess, ct), cancellationToken);
        await write.CommitAsync(cancellationToken);
        return rows;
    }

    public sealed override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new InvalidOperationException("Use SaveChangesAsync: a write is asynchronous.");

    /// <summary>
    /// Begins a write of several steps (a lock, a check, a save). Rolls back unless committed.
    /// </summary>
    /// <example><code>
    /// await using var write = await db.BeginWriteAsync(ct);
    /// await write.LockAsync($"provider {form.ProviderId}", ct);
    /// …
    /// await db.SaveChangesAsync(ct);
    /// await write.CommitAsync(ct);
    /// </code></example>
    public Task<IWrite> BeginWriteAsync(CancellationToken ct = default) => Work.BeginAsync(this, ct);

    /// <summary>
    /// Writes thousands of new rows in one COPY, many times faster than a save: for imports and demo data. They are at version 1, their
    /// search and task rows come with them, and they leave no entry each in the change log, so that whoever calls notes the whole.
    /// Not tracked by the context.
    /// </summary>
    /// <exception cref="NotSupportedException">The entity owns values of other types.</exception>
    /// <exception cref="PostgresException">A row breaks a constraint; none is written then, and the write must be left.</exception>
    /// <example><code>
    /// await using var write = await db.BeginWriteAsync(ct);
    /// await db.CopyAsync(specialists, ct);
    /// await write.CommitAsync(ct);
    /// </code></example>
    public async Task CopyAsync<TEntity>(IReadOnlyCollection<TEntity> rows, CancellationToken ct = default) where TEntity : class
    {
        if (rows.Count == 0)
        {
            return;
        }

        foreach (var versioned in rows.OfType<IVersioned>())
        {
            versioned.Version = 1;
        }

        await using var write = await Work.BeginAsync(this, ct);
        await BulkCopy.WriteAsync(Work.Connection, Model.FindEntityType(typeof(TEntity))!, rows, ct);
        Work.Loaded(rows);
        await write.CommitAsync(ct);
    }

    private void Conventions(ModelBuilder model, IMutableEntityType entity)
    {
        // What lives inside one JSON column has no columns of its own.
        if (entity.IsMappedToJson())
        {
            return;
        }

        if (entity.GetTableName() is { } table && !entity.IsOwned())
        {
            entity.SetTableName(Names.Snake(table));
        }

        foreach (var property in entity.GetProperties())
        {
            property.SetColumnName(Names.Snake(property.Name));
            KeepAsWord(property);
        }

        foreach (var value in entity.GetComplexProperties())
        {
            foreach (var property in value.ComplexType.GetProperties())
            {
                property.SetColumnName(Names.Snake($"{value.Name}_{property.Name}"));
                KeepAsWord(property);
            }
        }

        var type = entity.ClrType;
        if (typeof(IVersioned).IsAssignableFrom(type))
        {
            model.Entity(type).Property(nameof(IVersioned.Version)).IsConcurrencyToken();
        }

        if (typeof(IAtLocation).IsAssignableFrom(type) && entity.BaseType is null)
        {
            FilterByLocation.MakeGenericMethod(type).Invoke(this, [model]);
        }

        if (typeof(IOfPatient).IsAssignableFrom(type) && entity.BaseType is null)
        {
            FilterByPatient.MakeGenericMethod(type).Invoke(this, [model, PatientColumn(entity)]);
        }
    }

    /// <summary>A state is kept as its word, unless the module maps it otherwise.</summary>
    private static void KeepAsWord(IMutableProperty property)
    {
        if ((Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) is { IsEnum: true } state && property.GetValueConverter() is null)
        {
            property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(StateConverter<>).MakeGenericType(state))!);
        }
    }

    private static readonly MethodInfo FilterByLocation =
        typeof(ModuleDb).GetMethod(nameof(LocationFilter), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private void LocationFilter<T>(ModelBuilder model) where T : class, IAtLocation =>
        model.Entity<T>().HasQueryFilter("location", row => Scope.AllLocations || Scope.Locations.Contains(row.LocationId));

    private static readonly MethodInfo FilterByPatient =
        typeof(ModuleDb).GetMethod(nameof(HideShut), BindingFlags.NonPublic | BindingFlags.Instance)!;

    /// <summary>The patient of a row about one; the patient itself has no such column but its id.</summary>
    private static IReadOnlyProperty PatientColumn(IReadOnlyEntityType entity) => entity.FindProperty(nameof(IOfPatient.PatientId)) ?? entity.FindPrimaryKey()!.Properties[0];

    private void HideShut<T>(ModelBuilder model, IReadOnlyProperty patient) where T : class, IOfPatient
    {
        var name = patient.Name;
        _ = patient.IsNullable
            ? model.Entity<T>().HasQueryFilter(PatientFilter, row => EF.Property<Guid?>(row, name) == null || !Scope.ShutPatients.Contains(EF.Property<Guid?>(row, name)!.Value))
            : model.Entity<T>().HasQueryFilter(PatientFilter, row => !Scope.ShutPatients.Contains(EF.Property<Guid>(row, name)));
    }

    /// <summary>Whom a row is about, shut or not; null when there is no such row where whoever asks may read.</summary>
    internal Task<Guid?> PatientOfAsync<T>(Guid id, CancellationToken ct) where T : class
    {
        var entity = Model.FindEntityType(typeof(T))!;
        var (key, patient) = (entity.FindPrimaryKey()!.Properties[0].Name, PatientColumn(entity).Name);
        return Set<T>().IgnoreQueryFilters([PatientFilter]).Where(r => EF.Property<Guid>(r, key) == id).Select(r => (Guid?)EF.Property<Guid?>(r, patient)).FirstOrDefaultAsync(ct);
    }
}
