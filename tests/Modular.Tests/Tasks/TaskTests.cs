using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installed;
using Modular.Host.Tasks;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Tasks;

public sealed class TaskTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Due = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);
    private static readonly Guid Nora = Guid.Parse("00000000-0000-7000-8000-00000000a001");
    private static readonly Guid Eli = Guid.Parse("00000000-0000-7000-8000-00000000a002");
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        host.Services.GetRequiredService<InstalledModules>().Core.Builder!.Tasks<TestRoom>("clean", room => !room.Active ? null : new(
            $"Clean {room.Name}", $"/rooms/{room.Id}", "core.practice.manage", Due, Roles.FrontDesk,
            room.Name.EndsWith("for Eli", StringComparison.Ordinal) ? Eli : null, room.LocationId));
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Work_that_an_entity_asks_for_waits_in_the_inbox_of_its_role_until_the_entity_stops_asking()
    {
        var room = new TestRoom { Name = "Room 1" };
        await Save(room);
        var waiting = Assert.Single((await List(Nora, TaskView.Mine)).Rows);
        Assert.Equal("Clean Room 1", waiting.Title);
        Assert.True(waiting.Overdue);

        await Save(room, r => r.Active = false);
        Assert.Empty((await List(Nora, TaskView.Mine)).Rows);
    }

    [Fact]
    public async Task A_task_for_one_person_is_only_theirs_until_it_is_handed_on_and_stays_with_whom_it_was_handed_to()
    {
        var room = new TestRoom { Name = "Room 2 for Eli" };
        await Save(room);
        Assert.Empty((await List(Nora, TaskView.Mine)).Rows);
        var task = Assert.Single((await List(Eli, TaskView.Mine)).Rows);

        Assert.True(await Inbox(Eli, i => i.AssignAsync(task.Id, Nora)));
        await Save(room, r => r.Name = "New room 2 for Eli");

        Assert.Empty((await List(Eli, TaskView.Mine)).Rows);
        Assert.Equal("Clean New room 2 for Eli", Assert.Single((await List(Nora, TaskView.Mine)).Rows).Title);
    }

    [Fact]
    public async Task Done_stays_done_when_the_entity_is_saved_and_opens_again_when_it_asks_for_something_else()
    {
        var room = new TestRoom { Name = "Room 3" };
        await Save(room);
        var task = Assert.Single((await List(Nora, TaskView.Mine)).Rows);
        Assert.True(await Inbox(Nora, i => i.DoneAsync(task.Id)));
        Assert.False(await Inbox(Nora, i => i.DoneAsync(task.Id)));
        Assert.Empty((await List(Nora, TaskView.All)).Rows);

        await Save(room, r => r.Name = "Room 3b");
        Assert.Single((await List(Nora, TaskView.Mine)).Rows);
    }

    [Fact]
    public async Task A_task_put_off_comes_back_at_its_time_and_the_counts_follow()
    {
        await Save(new TestRoom { Name = "Room 4" });
        var task = Assert.Single((await List(Nora, TaskView.Mine)).Rows);
        Assert.Equal(new TaskCounts(1, 1, 0), await Inbox(Nora, i => i.CountsAsync()));

        await Inbox(Nora, i => i.SnoozeAsync(task.Id, DateTimeOffset.UtcNow.AddDays(1)));
        Assert.Equal(new TaskCounts(0, 0, 0), await Inbox(Nora, i => i.CountsAsync()));
        Assert.Single((await List(Nora, TaskView.Snoozed)).Rows);

        await Inbox(Nora, i => i.SnoozeAsync(task.Id, DateTimeOffset.UtcNow.AddDays(-1)));
        Assert.Equal(1, (await Inbox(Nora, i => i.CountsAsync())).Open);
    }

    [Fact]
    public async Task Nobody_sees_or_ticks_tasks_beyond_their_permissions_and_locations()
    {
        await Save(new TestRoom { Name = "Room 5", LocationId = TestHost.NorthLake });
        var task = Assert.Single((await List(Nora, TaskView.All)).Rows);
        await using var elsewhere = host.Person(host.North, Eli, ["core.practice.manage"], [TestHost.NorthMain], Roles.FrontDesk);
        await using var without = host.Person(host.North, Eli, [], null, Roles.FrontDesk);

        foreach (var scope in new[] { elsewhere, without })
        {
            var inbox = scope.ServiceProvider.GetRequiredService<TaskInbox>();
            Assert.Empty((await inbox.ListAsync(TaskView.All, new())).Rows);
            Assert.False(await inbox.DoneAsync(task.Id));
            Assert.Equal(0, (await inbox.CountsAsync()).Open);
        }
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("' or true --")]
    public async Task Filter_text_is_only_text(string text)
    {
        await Save(new TestRoom { Name = "Room 6" });

        Assert.Empty((await Inbox(Nora, i => i.ListAsync(TaskView.All, new() { Text = text }))).Rows);
    }

    private Task<ListPage<TaskRow>> List(Guid person, TaskView view) => Inbox(person, i => i.ListAsync(view, new()));

    private async Task<T> Inbox<T>(Guid person, Func<TaskInbox, Task<T>> use)
    {
        await using var scope = host.Person(host.North, person, ["core.practice.manage"], null, Roles.FrontDesk);
        return await use(scope.ServiceProvider.GetRequiredService<TaskInbox>());
    }

    private async Task Save(TestRoom room, Action<TestRoom>? change = null)
    {
        await using var scope = host.Scope(host.North);
        await using var db = RoomsDb.Open(scope.ServiceProvider);
        db.Attach(room).State = change is null ? EntityState.Added : EntityState.Unchanged;
        change?.Invoke(room);
        await db.SaveChangesAsync();
    }
}
