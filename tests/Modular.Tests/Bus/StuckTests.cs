using Modular.Counting.Messages;
using Modular.Sdk;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Bus;

public sealed class StuckTests
{
    private const int Lock = 4711;

    [Fact]
    public async Task A_handler_at_one_message_for_a_minute_is_named_on_the_jobs_page_of_its_practice()
    {
        var clock = new TestClock();
        await using var host = await BusHost.StartAsync(clock: clock);
        using var north = await host.SignInAsync(host.North, Roles.Manager);
        using var south = await host.SignInAsync(host.South, Roles.Manager);

        // A real handler, and what it waits for never comes: the lock is held here.
        await using (var connection = await host.North.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var hold = new NpgsqlCommand($"select pg_advisory_xact_lock({Lock})", connection);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await host.PublishAsync(host.North, new LockWanted(Lock));
            await host.North.UntilAsync("select count(*) from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and l.locktype = 'advisory' and not l.granted", 1L);

            clock.Move(TimeSpan.FromSeconds(50));
            Assert.Empty((await north.PageAsync("/admin/jobs")).QuerySelectorAll(".note.bad"));
            clock.Move(TimeSpan.FromSeconds(11));
            Assert.Contains("counting.lock is stuck.", (await north.PageAsync("/admin/jobs")).QuerySelector(".note.bad")!.TextContent, StringComparison.Ordinal);
            Assert.Empty((await south.PageAsync("/admin/jobs")).QuerySelectorAll(".note.bad"));
        }

        await host.North.UntilAsync("select count(*) from bus.inbox where queue = 'counting.lock' and status = 'handled'", 1L);
        Assert.Empty((await north.PageAsync("/admin/jobs")).QuerySelectorAll(".note.bad"));
    }
}
