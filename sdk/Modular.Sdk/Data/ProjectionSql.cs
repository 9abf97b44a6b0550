using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Modular.Sdk;

/// <summary>Where a text of a projected row is repeated.</summary>
/// <param name="DeriveAsync">Writes anew what is derived from the rows with these ids.</param>
internal sealed record ProjectionCopy(Type User, string Key, string Copy, string From, Func<ModuleDb, Guid[], CancellationToken, Task> DeriveAsync);

/// <summary>The statements of one projection, written from the module's model. Parameters are numbered as EF numbers them: {0}, {1}, …</summary>
internal sealed class ProjectionSql
{
    private readonly Column[] columns;
    private readonly string table;
    private readonly string id;
    private readonly List<Follower> followers;
    private readonly List<ProjectionCopy> copies;
    private readonly List<string> users;
    private readonly string follows;
    private readonly string upsert;

    public ProjectionSql(IModel model, Type row, List<string> once, List<ProjectionCopy> copies, List<(Type User, string Key)> users)
    {
        var entity = Entity(model, row);
        columns = [.. entity.GetProperties().Where(p => !p.IsShadowProperty() && p.ValueGenerated != ValueGenerated.OnAddOrUpdate).Select(p => new Column(p, once.Contains(p.Name)))];
        table = Table(entity);
        id = entity.FindProperty(nameof(IProjected.Id))!.GetColumnName();
        followers = [.. copies.Select(c => new Follower(Table(Entity(model, c.User)), ColumnOf(model, c.User, c.Key), ColumnOf(model, c.User, c.Copy), ColumnOf(model, row, c.From), IsDerivedFrom(c.User)))];
        this.copies = copies;
        var derived = copies.Index().Where(c => IsDerivedFrom(c.Item.User)).Select(c => $"""select {c.Index} as "Follower", id as "Id" from f{c.Index}""").ToList();
        follows = derived.Count > 0 ? string.Join(" union all ", derived) : """select 0 as "Follower", null::uuid as "Id" where false""";
        this.users = [.. users.Distinct().Select(u => $"not exists (select from {Table(Entity(model, u.User))} u where u.{ColumnOf(model, u.User, u.Key)} = known.{id})")];
        upsert = WriteUpsert();
    }

    /// <summary>An array for each column, and at last whether a row that is not there yet is wanted.</summary>
    public Task UpsertAsync(ModuleDb db, IReadOnlyList<object> rows, bool[] wanted, CancellationToken ct) =>
        FollowAsync(db, upsert, [.. columns.Select(c => c.Values(rows)), wanted], ct);

    /// <param name="of">What they are the ids of, when not of the rows themselves.</param>
    public Task RemoveAsync(ModuleDb db, string? of, Guid[] gone, CancellationToken ct) =>
        RunAsync(db, $"delete from {table} known where {string.Join(" and ", users.Prepend($"known.{(of is null ? id : columns.First(c => c.Property == of).Name)} = any ({{0}})"))}", [gone], ct);

    public Task MergeAsync(ModuleDb db, string active, Guid kept, Guid gone, bool undone, CancellationToken ct)
    {
        var offered = columns.First(c => c.Property == active).Name;
        var steps = followers.Select((f, i) =>
            $"f{i} as (update {f.Table} u set {f.Copy} = known.{f.From} from {table} known where known.{id} = u.{f.Key} and u.{f.Key} = any ({{0}}) and u.{f.Copy} is distinct from known.{f.From}{f.Returning})");
        var offers = $"update {table} known set {offered} = {{2}} where known.{id} = {{1}} and known.{id} = any ({{0}})";
        return FollowAsync(db, followers.Count == 0 ? offers : With([.. steps, $"offers as ({offers})"]), [new[] { kept, gone }, gone, undone], ct);
    }

#pragma warning disable RS0030 // Only names of the model stand in the text; every value is a parameter.
    private static Task RunAsync(ModuleDb db, string sql, object[] values, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(sql, values, ct);

    /// <summary>The same, and what is derived from the rows that repeat a text follows it.</summary>
    private async Task FollowAsync(ModuleDb db, string sql, object[] values, CancellationToken ct)
    {
        if (followers.Count == 0)
        {
            await RunAsync(db, sql, values, ct);
            return;
        }

        await using var write = await db.BeginWriteAsync(ct);
        var changed = await db.Database.SqlQueryRaw<Changed>(string.Concat(sql, " ", follows), values).ToListAsync(ct);
        foreach (var rows in changed.GroupBy(c => c.Follower))
        {
            await copies[rows.Key].DeriveAsync(db, [.. rows.Select(r => r.Id)], ct);
        }

        await write.CommitAsync(ct);
    }
#pragma warning restore RS0030

    private string WriteUpsert()
    {
        var names = string.Join(", ", columns.Select(c => c.Name));
        var told = string.Join(", ", columns.Select((_, i) => $"{{{i}}}").Append($"{{{columns.Length}}}"));
        var set = string.Join(", ", columns.Where(c => c.Name != id && !c.Once).Select(c => $"{c.Name} = excluded.{c.Name}"));
        var version = columns.First(c => c.Property == nameof(IProjected.Version)).Name;
        var repeated = followers.Select(f => f.From).Distinct().Select(f => $", known.{f}");
        var insert = $"""
            insert into {table} as known ({names})
            select {string.Join(", ", columns.Select(c => c.Words ? $"' ' || lower(public.unaccent({c.Name}))" : c.Name))}
            from unnest({told}) as told ({names}, wanted)
            where wanted or exists (select from {table} k where k.{id} = told.{id})
            on conflict ({id}) do update set {set} where excluded.{version} > known.{version}
            """;
        if (followers.Count == 0)
        {
            return insert;
        }

        // Each repeats a text of its own in rows of its own.
        var steps = followers.Select((f, i) =>
            $"f{i} as (update {f.Table} u set {f.Copy} = newer.{f.From} from newer where u.{f.Key} = newer.{id} and u.{f.Copy} is distinct from newer.{f.From}{f.Returning})");
        return With(steps.Prepend($"newer as ({insert} returning known.{id}{string.Concat(repeated)})"));
    }

    private static string With(IEnumerable<string> steps) => "with " + string.Join(",\n", steps);

    private static IEntityType Entity(IModel model, Type type) =>
        model.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} is in a projection and not in the module's model.");

    private static string Table(IEntityType entity) => $"{entity.GetSchema()}.{entity.GetTableName()}";

    private static string ColumnOf(IModel model, Type type, string property) =>
        Entity(model, type).FindProperty(property)?.GetColumnName() ?? throw new InvalidOperationException($"{type.Name}.{property} is in a projection and not in the module's model.");

    /// <summary>Search entries and tasks are declared of such rows alone.</summary>
    private static bool IsDerivedFrom(Type user) => typeof(IVersioned).IsAssignableFrom(user);

    private sealed record Follower(string Table, string Key, string Copy, string From, bool IsDerivedFrom)
    {
        public string Returning => IsDerivedFrom ? " returning u.id" : "";
    }

    /// <summary>A row whose text followed.</summary>
    private sealed record Changed(int Follower, Guid Id);

    private sealed class Column(IProperty property, bool once)
    {
        public string Property => property.Name;

        public string Name { get; } = property.GetColumnName();

        public bool Once => once;

        public bool Words { get; } = property.PropertyInfo?.IsDefined(typeof(SearchWordsAttribute), false) == true;

        public NpgsqlParameter Values(IReadOnlyList<object> rows)
        {
            var converter = property.GetTypeMapping().Converter;
            var type = converter?.ProviderClrType ?? property.ClrType;
            var values = Array.CreateInstance(property.IsNullable && type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type, rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                var value = property.GetGetter().GetClrValue(rows[i]);
                values.SetValue(value is DateTimeOffset instant ? instant.ToUniversalTime() : converter is null ? value : converter.ConvertToProvider(value), i);
            }

            return new() { Value = values, DataTypeName = property.GetColumnType() + "[]" };
        }
    }
}
