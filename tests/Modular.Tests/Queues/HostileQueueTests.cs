using System.Net;
using Modular.Sdk;
using Modular.Tests.Frame;
using Modular.Tests.Harness;

namespace Modular.Tests.Queues;

/// <summary>What does not belong into the addresses of a work queue.</summary>
public sealed class HostileQueueTests(PanelsHost panels) : IClassFixture<PanelsHost>
{
    private readonly ChoreRows chores = new(panels.Host);

    [Fact]
    public async Task A_queue_that_is_not_there_or_not_theirs_is_not_found()
    {
        var chore = await chores.AddAsync("Lock the door");
        using var desk = await chores.SignInAsync(Roles.FrontDesk);
        using var biller = await chores.SignInAsync(Roles.Biller);
        var token = (await desk.PageAsync(ChoreRows.List)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var theirs = (await biller.PageAsync("/inbox")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        foreach (var name in new[] { "panels.nothing", "nothing.chore", "chore", "panels.chore'--", "core.sample" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await ChoreRows.PostAsync(desk, token, "take", [chore], queue: name)).StatusCode);
        }

        foreach (var act in new[] { "take", "give-back", "assign", "next" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await ChoreRows.PostAsync(biller, theirs, act, [chore])).StatusCode);
        }

        Assert.Equal("", await chores.OwnerAsync(chore));
    }

    [Fact]
    public async Task Work_is_given_to_nobody_who_may_not_do_it_and_the_way_back_stays_in_the_practice()
    {
        var chore = await chores.AddAsync("Count the cash");
        using var desk = await chores.SignInAsync(Roles.FrontDesk);
        var biller = await chores.PersonAsync(Roles.Biller);

        var away = await chores.ActAsync(desk, "assign", [chore], biller, back: "https://example.com/");

        Assert.Equal(ChoreRows.List, away.Headers.Location!.ToString());
        Assert.Contains("Choose somebody who works on this list.", await ChoreRows.SaidAsync(desk));
        Assert.Equal("", await chores.OwnerAsync(chore));
        await chores.ActAsync(desk, "take", []);
        Assert.Contains("Choose a chore first.", await ChoreRows.SaidAsync(desk));
    }

    [Fact]
    public async Task An_owner_that_is_no_person_is_refused_in_a_sentence()
    {
        using var desk = await chores.SignInAsync(Roles.FrontDesk);
        using var refused = await desk.GetAsync($"{ChoreRows.List}?owner=everybody");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Owner: this list has no", await refused.Content.ReadAsStringAsync());
    }
}
