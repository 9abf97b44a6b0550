using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Core;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Search;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Search;

public sealed class SearchRebuildTests
{
    [Fact]
    public async Task Rows_are_derived_anew_from_the_entities_and_those_of_gone_entities_leave()
    {
        await using var host = await TestHost.StartAsync();
        await using (var connection = await host.North.Database.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("""
                insert into core.rooms (id, location_id, name) select gen_random_uuid(), $1, 'Lab ' || i from generate_series(1, 1203) i
                """, [TestHost.NorthMain], default);
            await connection.ExecuteAsync("""
                insert into core.search (module, kind, entity_id, title, detail, link, permission, words)
                values ('core', 'test-room', gen_random_uuid(), 'Gone lab', '', '/', 'core.practice.manage', 'gone lab')
                """, [], default);
        }

        host.Services.GetRequiredService<InstalledModules>().Core.Builder!
            .Search<Room>("test-room", r => new(r.Name, "Room", "/", "core.practice.manage", LocationId: r.LocationId))
            .Tasks<Room>("test-clean", r => r.Name == "Lab 7" ? new("Clean Lab 7", "/", "core.practice.manage") : null);

        var rebuilder = host.Services.GetRequiredService<SearchRebuilder>();
        Assert.True(await rebuilder.RebuildAsync(host.North, "core") >= 2 * 1203);
        await rebuilder.RebuildAsync(host.North, "core");

        await using var look = await host.North.Database.OpenConnectionAsync();
        Assert.Equal([1203L], await look.QueryAsync("select count(*) from core.search where kind = 'test-room'", [], r => r.GetInt64(0), default));
        Assert.Equal(["Clean Lab 7"], await look.QueryAsync("select title from core.tasks where kind = 'test-clean'", [], r => r.GetString(0), default));
    }
}
