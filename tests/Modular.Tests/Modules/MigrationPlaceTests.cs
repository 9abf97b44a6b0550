using Modular.Host.Migrations;
using Modular.Tests.Harness;

namespace Modular.Tests.Modules;

/// <summary>A migration that fails says its file and the line, and leaves nothing.</summary>
public sealed class MigrationPlaceTests(SharedHost shared)
{
    [Theory]
    [InlineData("create table a (id int);\n\ncreate table b (\n    id int,\n    a_id it\n);", "0001_more.sql, line 5: type \"it\" does not exist (42704)")]
    [InlineData("create function f() returns int language sql as $$\n    select 1; $$;\nselect nothing;", "0001_more.sql, line 3: column \"nothing\" does not exist (42703)")]
    [InlineData("-- a; b\ncreate table a (id int check (id > 0), t text default 'x;y');\n/* c;\n d */ insert into a values (1), (0);", "0001_more.sql, line 4: PostgreSQL 23514 at places.a.a_id_check")]
    [InlineData("do $body$ begin\n  raise exception 'no; never';\nend $body$", "0001_more.sql, line 1: PostgreSQL P0001")]
    public async Task The_line_is_that_of_the_fault_or_of_its_statement(string sql, string said)
    {
        var failed = await Migrator.ApplyAsync(shared.Host.North.Database, [new("places", "places", [new("0001_more", sql, "x")])], TestContext.Current.CancellationToken);

        Assert.Equal(said, failed["places"].Message);
        Assert.True(await shared.Host.North.AskAsync<bool>("select to_regclass('places.a') is null and to_regnamespace('places') is null"));
    }

    [Fact]
    public void A_script_is_told_apart_where_its_statements_end() => Assert.Equal(
        [("select ';'", 1), ("select \";\"\n  from x", 2), ("do $a$ begin; end $a$", 5)],
        SqlStatements.Of("select ';';\nselect \";\"\n  from x;\n-- and then;\ndo $a$ begin; end $a$;\n  -- the end;\n"));
}
