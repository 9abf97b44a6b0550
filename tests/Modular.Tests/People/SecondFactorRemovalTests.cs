using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

/// <summary>A lost phone: nobody alone takes somebody's second factor away.</summary>
public sealed class SecondFactorRemovalTests : IAsyncLifetime
{
    private readonly TestClock clock = new();
    private readonly MailReceiver mail = new();
    private Person person = null!;
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), options: o => o with { Mail = mail.Server });
        person = await host.People.AddAsync(host.North, "lost.phone@north.example", [Roles.FrontDesk]);
        await host.North.Database.CreateCommand($"update core.people set two_factor_enabled = true where id = '{person.Id}'").ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await mail.DisposeAsync();
    }

    [Fact]
    public async Task One_asks_another_agrees_and_the_person_is_told()
    {
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        using var client = host.Client(host.North);

        Assert.Contains("has to agree", await SaidAsync(manager));
        Assert.Contains("You asked for this yourself", await SaidAsync(manager));
        Assert.True(await IsOnAsync());
        Assert.Contains("is told by e-mail", await SaidAsync(owner));

        Assert.False(await IsOnAsync());
        var letter = mail.Next();
        Assert.Contains("To: lost.phone@north.example", letter);
        Assert.Contains("asked by Test north.manager.all, agreed by Test north.owner.all", letter);
        Assert.Contains("asked by Test north.manager.all, agreed by Test north.owner.all; told by e-mail",
            await host.North.AskAsync<string>($"select reason from audit.entries where what = 'second factor removed' and row_id = '{person.Id}'"));
        Assert.Equal(HttpStatusCode.Redirect, (await TestPeople.SignInAsync(client, person.UserName!)).StatusCode);
    }

    [Fact]
    public async Task What_nobody_agreed_to_within_a_day_is_asked_anew()
    {
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        await SaidAsync(manager);
        clock.Move(SecondFactorRemovals.Waits + TimeSpan.FromMinutes(1));
        using var owner = await host.SignInAsync(host.North, Roles.Owner);

        Assert.Contains("has to agree", await SaidAsync(owner));

        Assert.True(await IsOnAsync());
    }

    [Fact]
    public async Task Nobody_asks_or_agrees_for_themselves_and_one_who_left_asked_for_nothing()
    {
        var second = await host.People.AddAsync(host.North, "second.owner", [Roles.Owner]);
        using var leaving = host.Client(host.North);
        await TestPeople.SignInAsync(leaving, second.UserName!);
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        await SaidAsync(leaving);
        await owner.SubmitAsync(await owner.PageAsync($"/admin/people/edit/{second.Id}"), "form#deactivate");
        Assert.Contains("has to agree", await SaidAsync(owner));

        var me = await host.People.EnsureAsync(host.North, Roles.Owner);
        var page = await owner.PageAsync($"/admin/people/edit/{me.Id}");
        Assert.Null(page.QuerySelector("form#second-factor"));
        Assert.Null(page.QuerySelector("form#reset"));
        using var refused = await PostAsync(owner, me.Id);
        Assert.Contains("You cannot remove your own second factor here", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_old_box_that_removed_it_with_the_reset_does_nothing_any_more()
    {
        using var manager = await host.SignInAsync(host.North, Roles.Manager);

        await manager.SubmitAsync(await manager.PageAsync($"/admin/people/edit/{person.Id}"), "form#reset", ("lost", "true"));

        Assert.True(await IsOnAsync());
        await using var scope = host.Person(host.North, Guid.CreateVersion7(), [], null, Roles.Owner);
        var admin = scope.ServiceProvider.GetRequiredService<PeopleAdmin>();
        await Assert.ThrowsAsync<PeopleException>(async () => await admin.ResetAsync((await admin.FindAsync(person.UserName!))!, dropSecondFactor: true));
    }

    [Fact]
    public async Task The_console_does_it_alone_and_the_person_is_told()
    {
        await using var scope = host.Services.OpenScope(host.North, Actor.System("command line"));
        var admin = scope.ServiceProvider.GetRequiredService<PeopleAdmin>();

        await admin.ResetAsync((await admin.FindAsync(person.UserName!))!, dropSecondFactor: true);

        Assert.False(await IsOnAsync());
        Assert.Contains("command line", mail.Next());
    }

    private Task<bool> IsOnAsync() => host.North.AskAsync<bool>($"select two_factor_enabled from core.people where id = '{person.Id}'");

    private async Task<string> SaidAsync(TestClient client)
    {
        using var answer = await PostAsync(client, person.Id);
        return answer.StatusCode == HttpStatusCode.Redirect
            ? (await client.PageAsync(answer.Headers.Location!.ToString())).Body!.TextContent
            : (await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync())).Body!.TextContent;
    }

    /// <summary>Whatever the page offers.</summary>
    private static async Task<HttpResponseMessage> PostAsync(TestClient client, Guid id)
    {
        var token = FormFields.Of((AngleSharp.Html.Dom.IHtmlFormElement)(await client.PageAsync("/account")).QuerySelector("form#profile")!).Single(f => f.Key == "__RequestVerificationToken");
        return await client.Http.PostAsync($"/admin/people/edit/{id}/second-factor", new FormUrlEncodedContent([token]));
    }
}
