using Modular.Sdk;
using Modular.Tests.Frame;
using Modular.Tests.Harness;

namespace Modular.Tests.Queues;

/// <summary>A work queue that a plugin declares from the packages alone: taken, given, counted, opened one after the other.</summary>
public sealed class WorkQueueTests(PanelsHost panels) : IClassFixture<PanelsHost>, IAsyncLifetime
{
    /// <summary>Whose top bar has no other place than that of the rows: the next one is one of there.</summary>
    private static readonly Guid[] Here = [TestHost.NorthMain];

    private readonly ChoreRows chores = new(panels.Host);

    public async ValueTask InitializeAsync() => await chores.ClearAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_row_that_is_taken_is_one_task_of_whoever_took_it_until_it_is_done()
    {
        var chore = await chores.AddAsync("Lock the pharmacy");
        using var desk = await chores.SignInAsync(Roles.FrontDesk);
        Assert.Equal(0L, await chores.TasksAsync("true"));

        await chores.ActAsync(desk, "take", [chore]);

        var me = await chores.PersonAsync(Roles.FrontDesk);
        Assert.Equal(1L, await chores.TasksAsync($"entity_id = '{chore}' and assignee_id = '{me}' and title = 'Do Lock the pharmacy'"));
        Assert.Contains("Do Lock the pharmacy", (await desk.PageAsync("/inbox")).QuerySelector("table")!.TextContent);
        await desk.SubmitAsync(await desk.PageAsync($"/panels/chores/{chore}"), $"form[action='/panels/chores/{chore}']");
        Assert.Equal(0L, await chores.TasksAsync("true"));
    }

    [Fact]
    public async Task Of_two_people_who_take_a_row_at_once_one_has_it_and_the_other_is_told_who()
    {
        var chore = await chores.AddAsync("Feed the fish");
        using var one = await chores.SignInAsync(Roles.FrontDesk);
        using var other = await chores.SignInAsync(Roles.Supplies);

        await Task.WhenAll(chores.ActAsync(one, "take", [chore]), chores.ActAsync(other, "take", [chore]));

        var owner = await chores.OwnerAsync(chore);
        var (first, second) = (await ChoreRows.SaidAsync(one), await ChoreRows.SaidAsync(other));
        Assert.Single([first, second], said => said.Contains("Taken.", StringComparison.Ordinal));
        Assert.Single([first, second], said => said.Contains($"{owner} has this chore already.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_people_who_open_the_next_row_at_once_get_two_rows_the_urgent_one_first()
    {
        var (later, sooner, urgent) = (await chores.AddAsync("C", 3), await chores.AddAsync("B", 2), await chores.AddAsync("A", 9, urgent: true));
        using var one = await chores.SignInAsync(Roles.FrontDesk, Here);
        using var other = await chores.SignInAsync(Roles.Supplies, Here);

        var next = await Task.WhenAll(chores.ActAsync(one, "next", []), chores.ActAsync(other, "next", []));

        Assert.Equal(new[] { Through(urgent), Through(sooner) }.Order(), next.Select(n => n.Headers.Location!.ToString()).Order());
        Assert.Equal("", await chores.OwnerAsync(later));
    }

    [Fact]
    public async Task Who_works_through_a_queue_gets_the_next_row_by_itself_and_hears_when_it_was_the_last()
    {
        var (first, second) = (await chores.AddAsync("First", 1), await chores.AddAsync("Second", 2));
        using var desk = await chores.SignInAsync(Roles.FrontDesk, Here);
        var list = await desk.PageAsync(ChoreRows.List);
        Assert.Equal(Through(first), (await desk.SubmitAsync(list, "form[action='/queues/panels.chore/next']")).Headers.Location!.ToString());

        var done = await desk.SubmitAsync(await desk.PageAsync(Through(first)), $"form[action='{Through(first)}']");
        Assert.Equal(Through(second), done.Headers.Location!.ToString());
        var last = await desk.SubmitAsync(await desk.PageAsync(Through(second)), $"form[action='{Through(second)}']");

        Assert.Equal(ChoreRows.List, last.Headers.Location!.ToString());
        Assert.Contains("That was the last chore for you.", await ChoreRows.SaidAsync(desk));
    }

    [Fact]
    public async Task A_row_that_cannot_be_finished_now_is_passed_over_and_comes_again_at_the_end()
    {
        var (first, second) = (await chores.AddAsync("First", 1), await chores.AddAsync("Second", 2));
        using var desk = await chores.SignInAsync(Roles.FrontDesk, Here);

        Assert.Equal(Through(second), (await chores.ActAsync(desk, "next", [first])).Headers.Location!.ToString());
        Assert.Equal(Through(first), (await chores.ActAsync(desk, "next", [second])).Headers.Location!.ToString());
    }

    [Fact]
    public async Task Many_rows_are_given_to_somebody_and_each_person_has_their_count_and_their_list()
    {
        Guid[] some = [await chores.AddAsync("One"), await chores.AddAsync("Two"), await chores.AddAsync("Three")];
        using var desk = await chores.SignInAsync(Roles.FrontDesk);
        var supplies = await chores.PersonAsync(Roles.Supplies);

        await chores.ActAsync(desk, "assign", some[..2], supplies);

        var page = await desk.PageAsync(ChoreRows.List);
        Assert.Contains("2 chores", page.Body!.TextContent);
        var tabs = page.QuerySelectorAll(".queue .tabs a")
            .ToDictionary(a => a.FirstChild!.TextContent.Trim(), a => a.QuerySelector(".tag")!.TextContent);
        Assert.Equal(("3", "0", "1", "2"), (tabs["Everybody's"], tabs["Yours"], tabs["Nobody's"], tabs["Test north.supplies.all"]));
        var theirs = await desk.PageAsync($"{ChoreRows.List}?owner={supplies}");
        Assert.Equal(2, theirs.QuerySelectorAll("tbody tr").Length);
        Assert.Single((await desk.PageAsync($"{ChoreRows.List}?owner=nobody")).QuerySelectorAll("tbody tr"));
        Assert.Contains("It was due", (await desk.PageAsync(ChoreRows.List)).QuerySelector("tbody")!.TextContent);
    }

    [Fact]
    public async Task Taken_in_the_inbox_or_in_the_list_a_row_has_one_owner()
    {
        var chore = await chores.AddAsync("Water the plants");
        using var desk = await chores.SignInAsync(Roles.FrontDesk);
        await chores.ActAsync(desk, "take", [chore]);
        var task = await panels.Host.North.AskAsync<Guid>($"select id from core.tasks where entity_id = '{chore}'");

        using var given = await PostInboxAsync(desk, "give-back", task);

        Assert.Equal("", await chores.OwnerAsync(chore));
        Assert.Equal(0L, await chores.TasksAsync("true"));
    }

    [Fact]
    public async Task Rows_of_another_place_are_neither_taken_nor_given_to_who_does_not_work_there()
    {
        var lake = await chores.AddAsync("At the lake", location: TestHost.NorthLake);
        using var main = await chores.SignInAsync(Roles.FrontDesk, [TestHost.NorthMain]);
        using var all = await chores.SignInAsync(Roles.FrontDesk);
        var person = (await panels.Host.People.EnsureAsync(panels.Host.North, Roles.FrontDesk, [TestHost.NorthMain])).Id;

        await chores.ActAsync(main, "take", [lake]);
        Assert.Contains("out of your reach", await ChoreRows.SaidAsync(main));
        await chores.ActAsync(all, "assign", [lake], person);
        Assert.Contains("does not work at the location of this chore", await ChoreRows.SaidAsync(all));
        Assert.Equal("", await chores.OwnerAsync(lake));
    }

    private static string Through(Guid chore) => $"/panels/chores/{chore}?queue=on";

    private static async Task<HttpResponseMessage> PostInboxAsync(TestClient desk, string act, Guid task)
    {
        var token = (await desk.PageAsync("/inbox")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await desk.Http.PostAsync($"/inbox/{act}",
            new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("id", $"{task}")]));
    }
}
