using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Sdk.Core;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

/// <summary>The commands by which whoever answers for employment lets people in and out.</summary>
public sealed class SignInCommandTests : IAsyncLifetime
{
    private readonly TestClock clock = new();
    private readonly MailReceiver mail = new();
    private TestHost host = null!;

    public async ValueTask InitializeAsync() =>
        host = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), options: o => o with { Mail = mail.Server });

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await mail.DisposeAsync();
    }

    [Fact]
    public async Task Until_the_minute_all_goes_on_and_then_nothing_of_theirs_opens_anything_on_any_host()
    {
        await using var second = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), host.Catalogue);
        var person = await host.People.AddAsync(host.North, "last.day", [Roles.FrontDesk]);
        using var here = host.Client(host.North);
        using var there = second.Client(second.North);
        await TestPeople.SignInAsync(here, person.UserName!);
        await TestPeople.SignInAsync(there, person.UserName!);
        var at = clock.GetUtcNow() + TimeSpan.FromMinutes(10);

        var set = await AskAsync<SignInEndSet>(new EndSignIn(person.Id, at));
        Assert.Null(set.Refusal);
        clock.Move(TimeSpan.FromMinutes(9));
        await here.PageAsync("/scheduling/days");
        await there.PageAsync("/scheduling/days");
        using var listening = await here.Http.GetAsync("/live?topics=core.progress", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, listening.StatusCode);
        clock.Move(TimeSpan.FromMinutes(1.1));

        // To the instant, whatever either host remembers and whether or not the message of that minute was handled.
        Assert.StartsWith("/account/sign-in", (await here.GetAsync("/scheduling/days")).Headers.Location!.ToString());
        Assert.StartsWith("/account/sign-in", (await there.GetAsync("/scheduling/days")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TestPeople.SignInAsync(here, person.UserName!)).StatusCode);
        // The stream ends by itself.
        using var words = new StreamReader(await listening.Content.ReadAsStreamAsync());
        await words.ReadToEndAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
    }

    [Fact]
    public async Task The_same_again_changes_nothing_another_instant_counts_and_an_end_is_taken_back()
    {
        var person = await host.People.AddAsync(host.North, "moved.day", [Roles.FrontDesk]);
        using var client = host.Client(host.North);
        await TestPeople.SignInAsync(client, person.UserName!);
        var at = clock.GetUtcNow() + TimeSpan.FromMinutes(5);
        await AskAsync<SignInEndSet>(new EndSignIn(person.Id, at));
        await AskAsync<SignInEndSet>(new EndSignIn(person.Id, at));
        Assert.Equal(1L, await host.North.AskAsync<long>($"select count(*) from audit.entries where table_name = 'people' and row_id = '{person.Id}' and what = 'changed'"));

        await AskAsync<SignInEndSet>(new EndSignIn(person.Id, at + TimeSpan.FromMinutes(5)));
        clock.Move(TimeSpan.FromMinutes(6));
        await client.PageAsync("/account");
        await AskAsync<SignInEndSet>(new EndSignIn(person.Id, null));
        clock.Move(TimeSpan.FromMinutes(6));
        await client.PageAsync("/account");

        await AskAsync<SignInEndSet>(new EndSignIn(person.Id, clock.GetUtcNow()));
        await AskAsync<SignInEndSet>(new EndSignIn(person.Id, clock.GetUtcNow()));
        Assert.StartsWith("/account/sign-in", (await client.GetAsync("/account")).Headers.Location!.ToString());
        Assert.False(await host.North.AskAsync<bool>($"select active from core.people where id = '{person.Id}'"));
    }

    [Fact]
    public async Task An_owner_is_ended_by_an_owner_and_never_the_last_one()
    {
        var owner = await host.People.EnsureAsync(host.North, Roles.Owner);
        var manager = await host.People.EnsureAsync(host.North, Roles.Manager);

        Assert.Equal("Only an owner ends the sign-in of an owner.", (await AskAsync<SignInEndSet>(new EndSignIn(owner.Id, clock.GetUtcNow()), manager)).Refusal);
        Assert.Contains("last owner", (await AskAsync<SignInEndSet>(new EndSignIn(owner.Id, clock.GetUtcNow() + TimeSpan.FromDays(1)))).Refusal);
        Assert.Contains("Nobody", (await AskAsync<SignInEndSet>(new EndSignIn(Guid.CreateVersion7(), null))).Refusal);
        await host.People.AddAsync(host.North, "second.owner", [Roles.Owner]);
        Assert.Null((await AskAsync<SignInEndSet>(new EndSignIn(owner.Id, clock.GetUtcNow()))).Refusal);
    }

    [Fact]
    public async Task Somebody_is_invited_once_and_gets_the_link_by_e_mail()
    {
        var id = Guid.CreateVersion7();
        var command = new InvitePerson(id, "Nora Quist", "nora@north.example", [Roles.Nurse], [TestHost.NorthLake], null);

        var first = await AskAsync<PersonInvited>(command);
        var again = await AskAsync<PersonInvited>(command with { Presets = [Roles.Owner] });

        Assert.Null(first.Refusal);
        Assert.Null(again.Refusal);
        Assert.Equal("nurse", await host.North.AskAsync<string>($"select string_agg(preset, ' ') from core.person_roles where person_id = '{id}'"));
        // Without an address of the practice there is no link to send; the people page makes it.
        Assert.False(first.LinkMailed);
    }

    [Fact]
    public async Task The_link_goes_by_e_mail_where_the_practice_has_an_address_and_lies_in_no_table()
    {
        await host.Services.GetRequiredService<Catalogue>().ReaddressAsync(host.North, host.North.Row.Hosts, [], "https://north.example", host.North.Row.Server, default);
        using var client = host.Client(host.North);
        for (var i = 0; i < 500 && host.North.BaseUrl.Length == 0; i++)
        {
            await client.GetAsync("/account/sign-in");
        }

        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        using var invited = await owner.SubmitAsync(await owner.PageAsync("/admin/people/invite"), "form#invite",
            ("Form.Name", "Nora Quist"), ("Form.SignInName", "nora@north.example"), ("Form.Presets", Roles.Nurse));
        Assert.Equal("/admin/people", invited.Headers.Location!.ToString());

        var letter = mail.Next();
        Assert.Contains("To: nora@north.example", letter);
        var link = letter.Split("https://north.example")[1].Split('\n')[0].Trim();
        Assert.Equal(0L, await host.North.AskAsync<long>($"select count(*) from bus.wolverine_incoming_envelopes where position('{link[^20..]}'::bytea in body) > 0"));
        Assert.Equal("/", (await client.SubmitAsync(await client.PageAsync(link), "form#welcome", ("password", "paper lantern over a creek"))).Headers.Location!.ToString());
    }

    [Fact]
    public async Task What_is_given_is_judged_by_who_caused_it()
    {
        var hr = await host.People.EnsureAsync(host.North, Roles.Hr);
        var lake = await host.People.EnsureAsync(host.North, Roles.Manager, [TestHost.NorthLake]);

        Assert.Contains("You cannot give what you do not have yourself", (await AskAsync<PersonInvited>(Command([Roles.FrontDesk], null), hr)).Refusal);
        Assert.Contains("Only an owner makes somebody an owner", (await AskAsync<PersonInvited>(Command([Roles.Owner], null), hr)).Refusal);
        Assert.Contains("locations at which you work", (await AskAsync<PersonInvited>(Command([Roles.FrontDesk], null), lake)).Refusal);
        Assert.Contains("not of this practice", (await AskAsync<PersonInvited>(Command([], [Guid.CreateVersion7()]))).Refusal);
        Assert.Null((await AskAsync<PersonInvited>(Command([], null), hr)).Refusal);
        Assert.Null((await AskAsync<PersonInvited>(Command([Roles.FrontDesk], [TestHost.NorthLake]), lake)).Refusal);

        InvitePerson Command(string[] presets, Guid[]? locations) =>
            new(Guid.CreateVersion7(), "Somebody New", $"new.{Guid.NewGuid():N}", presets, locations, null);
    }

    [Fact]
    public async Task The_people_page_sets_a_last_day_and_takes_it_back()
    {
        var person = await host.People.AddAsync(host.North, "by.page", [Roles.FrontDesk]);
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var address = $"/admin/people/edit/{person.Id}";

        await owner.SubmitAsync(await owner.PageAsync(address), "form#end", ("day", "t+7"), ("time", "6 pm"));
        var page = await owner.PageAsync(address);
        Assert.Equal("6:00 pm", page.QuerySelector("#time")!.GetAttribute("value"));
        Assert.Equal(18.0, await host.North.AskAsync<double>($"select extract(hour from sign_in_ends_at at time zone 'America/New_York')::float8 from core.people where id = '{person.Id}'"));
        Assert.Contains("or neither", await (await owner.SubmitAsync(page, "form#end", ("day", ""))).Content.ReadAsStringAsync());
        await owner.SubmitAsync(page, "form#end", ("day", ""), ("time", ""));

        Assert.Equal("", (await owner.PageAsync(address)).QuerySelector("#time")!.GetAttribute("value") ?? "");
        Assert.True(await host.North.AskAsync<bool>($"select sign_in_ends_at is null from core.people where id = '{person.Id}'"));
    }

    /// <summary>As a module's handler or job asks; with a person, as a message that the person caused.</summary>
    private async Task<T> AskAsync<T>(object command, Person? by = null) where T : class
    {
        await using var scope = host.Services.OpenScope(host.North, by is null ? Actor.System("hr") : new Actor { Name = by.Name, PersonId = by.Id, IsSystem = true });
        var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
        await using var write = await db.BeginWriteAsync();
        var answer = await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync<T>(command);
        await write.CommitAsync();
        return answer!;
    }
}
