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
        await using var one = shared.Host.Scope(shared.Host.North);
        await using var two = shared.Host.Scope(shared.Host.North);
        var (mine, theirs) = (RoomsDb.Open(one.ServiceProvider), RoomsDb.Open(two.ServiceProvider));

        bool[] saved;
        await using (await one.ServiceProvider.GetRequiredService<Work>().BeginAsync(mine))
        await using (await two.ServiceProvider.GetRequiredService<Work>().BeginAsync(theirs))
        {
            Assert.True(await CloseAsync(mine, red) && await CloseAsync(theirs, blue));
            saved = await Task.WhenAll(CloseAsync(mine, blue), CloseAsync(theirs, red));
        }

        Assert.Equal([false, true], saved.Order());
        var (scope, loser) = saved[0] ? (two, theirs) : (one, mine);
        loser.ChangeTracker.Clear();
        await using var again = await scope.ServiceProvider.GetRequiredService<Work>().BeginAsync(loser);
        Assert.True(await CloseAsync(loser, red) && await CloseAsync(loser, blue));
        await again.CommitAsync();
    }

    private static async Task<bool> CloseAsync(RoomsDb db, Guid id)
    {
        (await db.Rooms.SingleAsync(r => r.Id == id)).Active = false;
        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}
