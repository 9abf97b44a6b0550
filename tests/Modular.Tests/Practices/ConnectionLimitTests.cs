using Modular.Host.Postgres;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Practices;

/// <summary>What one process takes of the database server, whatever the number of practices. Two pools on one database stand for two practices.</summary>
public sealed class ConnectionLimitTests : IAsyncLifetime
{
    private readonly List<PracticePool> pools = [];
    private readonly string run = Guid.NewGuid().ToString("N")[..8];
    private string connection = "";

    [Fact]
    public async Task The_idle_connections_of_a_quiet_practice_go_to_the_one_that_needs_them()
    {
        var limit = new ConnectionLimit(3);
        var (quiet, busy) = (Pool("quiet"), Pool("busy"));
        await CloseAllAsync(await OpenAsync(limit, quiet, 3));
        Assert.Equal(3, await OnServerAsync("quiet"));

        var open = await OpenAsync(limit, busy, 2);

        // The server's process ends a moment after its connection was closed.
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tries = 0; tries < 500 && await OnServerAsync("quiet") > 0; tries++)
        {
            await tick.WaitForNextTickAsync();
        }

        Assert.Equal((0, 2), (await OnServerAsync("quiet"), await OnServerAsync("busy")));
        Assert.True(limit.Reserved <= 3);
        await CloseAllAsync(open);
    }

    [Fact]
    public async Task When_all_are_busy_the_next_waits_for_the_first_that_is_given_back()
    {
        var limit = new ConnectionLimit(2);
        var open = await OpenAsync(limit, Pool("one"), 2);
        var waiting = OpenAsync(limit, Pool("other"), 1);
        Assert.False(waiting.IsCompleted);

        await open[0].DisposeAsync();

        await CloseAllAsync(await waiting);
        await open[1].DisposeAsync();
    }

    [Fact]
    public async Task A_busy_practice_leaves_room_for_the_others()
    {
        var limit = new ConnectionLimit(40);
        var busy = Pool("busy", share: 3);
        var open = await OpenAsync(limit, busy, 3);
        var fourth = OpenAsync(limit, busy, 1);

        var other = await OpenAsync(limit, Pool("other"), 1);

        Assert.False(fourth.IsCompleted);
        await CloseAllAsync([.. open, .. other, .. await AfterAsync(open[0], fourth)]);
    }

    [Fact]
    public async Task Who_waits_in_vain_is_told_and_costs_no_place()
    {
        var limit = new ConnectionLimit(1) { Patience = TimeSpan.FromMilliseconds(1) };
        var open = await OpenAsync(limit, Pool("one"), 1);
        var late = Pool("late");

        await Assert.ThrowsAsync<TimeoutException>(() => OpenAsync(limit, late, 1));

        await CloseAllAsync(open);
        await CloseAllAsync(await OpenAsync(limit, late, 1));
    }

    [Fact]
    public async Task A_connection_that_cannot_be_opened_gives_its_place_back()
    {
        var limit = new ConnectionLimit(1);
        var nowhere = new PracticePool(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Database = "no_such_database" }.ConnectionString));
        await Assert.ThrowsAsync<PostgresException>(() => OpenAsync(limit, nowhere, 1));

        await CloseAllAsync(await OpenAsync(limit, Pool("next"), 1));
        await nowhere.Database.DisposeAsync();
    }

    public async ValueTask InitializeAsync() => connection = new NpgsqlConnectionStringBuilder(await TestServer.ConnectionAsync()) { Database = "postgres" }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in pools)
        {
            await pool.Database.DisposeAsync();
        }
    }

    private PracticePool Pool(string name, int share = 24)
    {
        var pool = new PracticePool(NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connection) { ApplicationName = $"{run} {name}", MaxPoolSize = share }.ConnectionString));
        pools.Add(pool);
        return pool;
    }

    private async Task<long> OnServerAsync(string name)
    {
        await using var asking = new NpgsqlConnection(connection);
        await asking.OpenAsync();
        await using var count = new NpgsqlCommand("select count(*) from pg_stat_activity where application_name = $1", asking)
        {
            Parameters = { new() { Value = $"{run} {name}" } },
        };
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static async Task<List<NpgsqlConnection>> OpenAsync(ConnectionLimit limit, PracticePool pool, int count)
    {
        var open = new List<NpgsqlConnection>();
        for (var i = 0; i < count; i++)
        {
            var connection = limit.Connection(pool);
            await limit.OpenAsync(connection, TestContext.Current.CancellationToken);
            open.Add(connection);
        }

        return open;
    }

    private static async Task<List<NpgsqlConnection>> AfterAsync(NpgsqlConnection given, Task<List<NpgsqlConnection>> waiting)
    {
        await given.DisposeAsync();
        return await waiting;
    }

    private static async Task CloseAllAsync(List<NpgsqlConnection> connections)
    {
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }
}
