using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Retention;
using Modular.Tests.Harness;

namespace Modular.Tests.Retention;

/// <summary>Every kind of record says how long it is kept, and what it says can be asked of the database.</summary>
public sealed class RetentionLaws(SharedHost shared)
{
    [Fact]
    public void Every_kind_of_record_has_a_class_or_says_what_keeps_it()
    {
        var modules = shared.Host.Services.GetRequiredService<InstalledModules>();
        var said = modules.WithCore.SelectMany(m => m.Declared.Retention.Select(c => c.Id).Concat(m.Declared.KeptOtherwise.Select(k =>
            k.Id))).ToHashSet();

        Assert.Equal([], modules.WithCore.SelectMany(m => m.Declared.Records).Select(r => r.Id).Where(id => !said.Contains(id)));
        Assert.Equal([], modules.Running.Where(m => m.Declared.Retention.Count + m.Declared.KeptOtherwise.Count == 0).Select(m => m.Id));
    }

    [Fact]
    public async Task Every_class_cites_its_rule_and_is_sql_that_runs_for_all_rows_and_for_few()
    {
        await using var scope = shared.Host.Scope(shared.Host.North);
        var connection = await scope.ServiceProvider.GetRequiredService<Work>().OpenAsync();
        foreach (var known in scope.ServiceProvider.GetRequiredService<RetentionClasses>().All)
        {
            Assert.False(string.IsNullOrWhiteSpace(known.Class.Citation) || string.IsNullOrWhiteSpace(known.Class.Begins), known.Class.Id);
            await connection.QueryAsync($"select count(*) from {known.Rows(few: false)} y where kept_until < current_date", [], r => r.GetInt64(0),
                default);
            await connection.QueryAsync($"select label, kept_until from {known.Rows(few: true)} y where id = $1", [Guid.NewGuid()], r =>
                r.GetString(0), default);
        }
    }
}
