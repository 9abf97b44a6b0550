using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.FirstRun;
using Modular.Host.People;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

public sealed class InvitationTests : IAsyncLifetime
{
    private readonly TestClock clock = new();
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_invited_person_sets_a_password_once_and_is_in_with_exactly_their_role()
    {
        var link = await InviteAsync("ines@north.example", Roles.FrontDesk);
        using var client = host.Client(host.North);
        var page = await client.PageAsync(link);

        var weak = await client.SubmitAsync(page, "form#welcome", ("password", "passwordpassword"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, weak.StatusCode);
        var done = await client.SubmitAsync(page, "form#welcome", ("password", "paper lantern over a creek"));
        Assert.Equal("/", done.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/scheduling/days")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/admin/people")).StatusCode);

        using var thief = host.Client(host.North);
        var replay = await thief.SubmitAsync(page, "form#welcome", ("password", "another long password here"));
        Assert.NotEqual(HttpStatusCode.Redirect, replay.StatusCode);
        Assert.Contains("no longer works", (await thief.PageAsync(link)).Body!.TextContent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TestPeople.SignInAsync(thief, "ines@north.example", "another long password here")).StatusCode);
    }

    [Fact]
    public async Task Two_who_hold_the_link_at_the_same_moment_do_not_both_get_in()
    {
        var link = await InviteAsync("race@north.example", Roles.Nurse);
        var clients = Enumerable.Range(0, 4).Select(_ => host.Client(host.North)).ToList();
        var pages = await Task.WhenAll(clients.Select(c => c.PageAsync(link)));

        var answers = await Task.WhenAll(clients.Select((c, i) => c.SubmitAsync(pages[i], "form#welcome", ("password", $"a rather long phrase {i}"))));

        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.Redirect));
        clients.ForEach(c => c.Dispose());
    }

    [Fact]
    public async Task A_link_is_nothing_at_the_other_practice_and_nothing_after_three_days()
    {
        var link = await InviteAsync("late@north.example", Roles.Nurse);
        using var south = host.Client(host.South);
        Assert.Contains("no longer works", (await south.PageAsync(link)).Body!.TextContent);
        clock.Move(Invitations.Lasts + TimeSpan.FromMinutes(1));
        using var north = host.Client(host.North);

        Assert.Contains("no longer works", (await north.PageAsync(link)).Body!.TextContent);
    }

    [Fact]
    public async Task A_reset_ends_sessions_takes_the_old_password_and_gives_a_link()
    {
        var person = await host.People.AddAsync(host.North, "forgetful", [Roles.Biller]);
        using var client = host.Client(host.North);
        await TestPeople.SignInAsync(client, person.UserName!);
        using var owner = await host.SignInAsync(host.North, Roles.Owner);

        var answer = await owner.SubmitAsync(await owner.PageAsync($"/admin/people/edit/{person.Id}"), "form#reset");
        var link = new Uri((await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync())).QuerySelector("#link")!.TextContent).AbsolutePath;

        Assert.StartsWith("/account/sign-in", (await client.GetAsync("/account")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TestPeople.SignInAsync(client, person.UserName!)).StatusCode);
        Assert.Equal("/", (await client.SubmitAsync(await client.PageAsync(link), "form#welcome", ("password", "paper lantern over a creek"))).Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_first_run_page_takes_only_the_token_makes_the_owner_and_dies()
    {
        var maker = host.Services.GetRequiredService<Modular.Host.FirstRun.PracticeMaker>();
        var east = await maker.AddAsync(new("east", "East", "America/New_York", ["east.localhost"], []), default);
        using var client = host.Client(east);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/first-run")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/first-run?token=guess")).StatusCode);
        var token = await FirstSetUp.IssueTokenAsync(host.Services, east);
        using var north = host.Client(host.North);
        Assert.Equal(HttpStatusCode.NotFound, (await north.GetAsync($"/first-run?token={token}")).StatusCode);
        Assert.Equal("/first-run", (await client.GetAsync("/account/sign-in")).Headers.Location?.ToString());
        (string, string)[] typed = [("Practice", "East Side Pediatrics"), ("Location", "Harbor Road"), ("Zone", "America/Chicago"),
            ("Name", "Olga Marsh"), ("SignInName", "olga@east.example"), ("Password", "seven gray herons asleep")];
        var guessed = await client.SubmitAsync(await client.PageAsync("/first-run?token=guess"), "form#first-run", typed);
        Assert.Contains("This is not the token.", await guessed.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, guessed.StatusCode);
        var page = await client.PageAsync($"/first-run?token={token}");

        var done = await client.SubmitAsync(page, "form#first-run", typed);

        Assert.Equal("/", done.Headers.Location?.ToString());
        Assert.Equal("East Side Pediatrics", host.Services.GetRequiredService<Modular.Host.Practices.PracticeRegistry>().FindSlug("east")!.Name);
        await client.PageAsync("/admin/people");
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/first-run?token={token}")).StatusCode);
        await Assert.ThrowsAsync<PeopleException>(() => FirstSetUp.IssueTokenAsync(host.Services, east));
    }

    [Fact]
    public async Task A_token_dies_of_wrong_ones_until_another_is_printed()
    {
        var maker = host.Services.GetRequiredService<Modular.Host.FirstRun.PracticeMaker>();
        var west = await maker.AddAsync(new("west", "West", "America/New_York", ["west.localhost"], []), default);
        var token = await FirstSetUp.IssueTokenAsync(host.Services, west);
        await using var scope = host.Scope(west);
        var first = scope.ServiceProvider.GetRequiredService<FirstSetUp>();
        Assert.Null(await first.FaultAsync(token, default));
        for (var i = 0; i < FirstSetUp.MostTries; i++)
        {
            Assert.NotNull(await first.FaultAsync("guess", default));
        }

        Assert.Contains("Too many wrong tokens", await first.FaultAsync(token, default));
        await Assert.ThrowsAsync<PeopleException>(() => first.CompleteAsync(token, new("Olga Marsh", "olga", new([Roles.Owner]), "seven gray herons asleep"), "West", "America/Chicago", "Here", default));
        Assert.Null(await first.FaultAsync(await FirstSetUp.IssueTokenAsync(host.Services, west), default));
    }

    private async Task<string> InviteAsync(string name, string preset)
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var answer = await owner.SubmitAsync(await owner.PageAsync("/admin/people/invite"), "form#invite",
            ("Form.Name", "Invited Person"), ("Form.SignInName", name), ("Form.Presets", preset));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new Uri((await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync())).QuerySelector("#link")!.TextContent).AbsolutePath;
    }
}
