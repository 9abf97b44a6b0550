using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>A page that is opened, fetched ahead or asked for by a robot changes nothing: every GET of the running host, as the owner, against every table.</summary>
public sealed class ReadingChangesNothingTests : IAsyncLifetime
{
    /// <summary>
    /// What a look may leave: that it happened, and that its session is used. The bus and the jobs work meanwhile, and so do the heads of the log.
    /// </summary>
    private static readonly string[] Left = ["audit.", "bus.", "core.sessions", "core.sign_in_attempts"];

    private readonly List<string> faults = [];
    private EndpointWalk walk = null!;
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        walk = await EndpointWalk.PlantAsync(host);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task No_get_changes_a_row_of_any_table_but_the_logs_and_the_session()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var sql = await CountingAsync(host.North);
        var before = await CountAsync(host.North, sql);
        var asked = 0;
        foreach (var endpoint in walk.Pages)
        {
            // Headers only: the live stream never ends. Its page is read to the end all the same, for what is written after the first byte.
            using var answer = await EndpointWalk.SendAsync(owner, endpoint, walk.SampleOf(endpoint).Url);
            if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
            {
                await answer.Content.ReadAsByteArrayAsync();
            }

            asked++;
            var after = await CountAsync(host.North, sql);
            faults.AddRange(after.Where(t => before[t.Key] != t.Value).Select(t => $"GET {endpoint.RoutePattern.RawText} changes {t.Key}: make it a POST."));
            before = after;
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(asked, 80, 2000);
    }

    /// <summary>One statement that gives a figure for each table, which no change of a row leaves as it was.</summary>
    private static async Task<string> CountingAsync(Practice practice)
    {
        await using var command = practice.Database.CreateCommand("""
            select format('%I.%I', schemaname, relname) from pg_stat_user_tables order by 1
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
        {
            tables.Add(reader.GetString(0));
        }

        return string.Join(" union all ", tables.Where(t => !Left.Any(l => t.StartsWith(l, StringComparison.Ordinal)))
            .Select(t => $"select '{t}', count(*) || ' ' || coalesce(sum(hashtextextended(xmin::text || t::text, 0)::numeric), 0) from {t} t"));
    }

    private static async Task<Dictionary<string, string>> CountAsync(Practice practice, string sql)
    {
        await using var command = practice.Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var counts = new Dictionary<string, string>();
        while (await reader.ReadAsync())
        {
            counts[reader.GetString(0)] = reader.GetString(1);
        }

        return counts;
    }
}
