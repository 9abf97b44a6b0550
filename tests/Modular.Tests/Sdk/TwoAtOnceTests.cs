using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Data;
using Modular.Tests.Harness;

namespace Modular.Tests.Sdk;

/// <summary>What the database refuses because two wait for each other is what a version that has grown is: somebody else was first.</summary>
public sealed class TwoAtOnceTests(SharedHost shared)
{
    [Fact]
    public async Task Of_two_who_write_the_same_rows_in_another_order_one_is_told_that_somebody_was_first_and_may_begin_again()
    {
        TestRoom[] rooms = [new() { Name = $"Red {Guid.NewGuid()}" }, new() { Name = $"Blue {Guid.NewGuid()}" }];
        await using var setup = shared.Host.Scope(shared.Host.North);
        var db = RoomsDb.Open(setup.ServiceProvider);
        db.AddRange(rooms);
        await db.SaveChangesAsync();
        var (red, blue) = (rooms[0].Id, rooms[1].Id);
        using var bothHold = new Barrier();

        var saved = await Task.WhenAll(CloseAsync(red, blue, bothHold), CloseAsync(blue, red, bothHold));

        Assert.Equal([false, true], saved.Order());
        Assert.True(await CloseAsync(red, blue, null));
    }

    /// <summary>False when somebody else was first.</summary>
    private async Task<bool> CloseAsync(Guid first, Guid second, Barrier? bothHold)
    {
        await using var scope = shared.Host.Scope(shared.Host.North);
        var db = RoomsDb.Open(scope.ServiceProvider);
        await using var write = await scope.ServiceProvider.GetRequiredService<Work>().BeginAsync(db);
        try
        {
            await ToggleAsync(db, first);
            await (bothHold?.ReachAsync() ?? Task.CompletedTask);
            await ToggleAsync(db, second);
            await write.CommitAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    private static async Task ToggleAsync(RoomsDb db, Guid id)
    {
        var room = await db.Rooms.SingleAsync(r => r.Id == id);
        room.Active = !room.Active;
        await db.SaveChangesAsync();
    }

    /// <summary>Two meet before either goes on.</summary>
    private sealed class Barrier : IDisposable
    {
        private readonly TaskCompletionSource met = new();
        private int here;

        public Task ReachAsync()
        {
            if (Interlocked.Increment(ref here) == 2)
            {
                met.SetResult();
            }

            return met.Task;
        }

        public void Dispose() => met.TrySetCanceled();
    }
}
