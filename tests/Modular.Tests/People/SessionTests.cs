using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Callers;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

public sealed class SessionTests : IAsyncLifetime
{
    private readonly TestClock clock = new();
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_idle_session_locks_keeps_the_page_behind_and_returns_there()
    {
        using var client = await host.SignInAsync(host.North, Roles.FrontDesk);
        clock.Move(TimeSpan.FromMinutes(15.5));

        var locked = await client.GetAsync("/scheduling/days?date=2026-11-23");
        Assert.Equal("/lock?returnUrl=%2Fscheduling%2Fdays%3Fdate%3D2026-11-23", locked.Headers.Location!.ToString());
        var page = await client.PageAsync(locked.Headers.Location!.ToString());
        var wrong = await client.SubmitAsync(page, "form#unlock", ("password", "not my password here"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.StartsWith("/lock", (await client.GetAsync("/account")).Headers.Location!.ToString());
        var unlocked = await client.SubmitAsync(page, "form#unlock", ("password", TestPeople.Password));

        Assert.Equal("/scheduling/days?date=2026-11-23", unlocked.Headers.Location!.ToString());
        await client.PageAsync("/account");
    }

    [Fact]
    public async Task How_long_a_page_stays_open_without_a_click_is_the_practices_choice()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        using var desk = await host.SignInAsync(host.North, Roles.FrontDesk);
        Assert.Equal("900", (await desk.PageAsync("/")).QuerySelector("meta[name=idle]")!.GetAttribute("content"));
        var saved = await owner.SubmitAsync(await owner.PageAsync("/admin/settings/core"), "form[data-guard]", ("lockAfter", "3"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);

        Assert.Equal("180", (await desk.PageAsync("/")).QuerySelector("meta[name=idle]")!.GetAttribute("content"));
        clock.Move(TimeSpan.FromMinutes(2.5));
        await desk.PageAsync("/account");
        clock.Move(TimeSpan.FromMinutes(3.5));
        Assert.StartsWith("/lock", (await desk.GetAsync("/account")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task Clicks_keep_a_session_open_and_calls_of_the_page_itself_do_not()
    {
        using var busy = await host.SignInAsync(host.North, Roles.FrontDesk);
        using var quiet = await host.SignInAsync(host.North, Roles.Nurse);
        quiet.Http.DefaultRequestHeaders.Add("X-Background", "1");
        for (var i = 0; i < 4; i++)
        {
            clock.Move(TimeSpan.FromMinutes(6));
            await busy.PageAsync("/account");
            await quiet.GetAsync("/account");
        }

        Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/account")).StatusCode);
        Assert.StartsWith("/lock", (await quiet.GetAsync("/account")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task After_twelve_hours_even_a_busy_person_signs_in_again()
    {
        using var client = await host.SignInAsync(host.North, Roles.FrontDesk);
        for (var minutes = 0; minutes < Session.AbsoluteLimit.TotalMinutes; minutes += 10)
        {
            clock.Move(TimeSpan.FromMinutes(10));
            await client.GetAsync("/account");
        }

        Assert.StartsWith("/account/sign-in", (await client.GetAsync("/account")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task Signing_out_everywhere_reaches_a_second_host()
    {
        await using var second = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), host.Catalogue);
        using var here = await host.SignInAsync(host.North, Roles.Biller);
        using var there = second.Client(second.North);
        await TestPeople.SignInAsync(there, (await host.People.EnsureAsync(host.North, Roles.Biller)).UserName!);
        await there.PageAsync("/account");

        await here.SubmitAsync(await here.PageAsync("/account"), "form[action$='end-others']");

        await Until(async () => (await there.GetAsync("/account")).StatusCode == HttpStatusCode.Redirect);
        await here.PageAsync("/account");
    }

    [Fact]
    public async Task Signing_in_at_one_host_counts_at_the_other()
    {
        await using var second = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), host.Catalogue);
        using var client = await host.SignInAsync(host.North, Roles.Biller);
        using var elsewhere = second.Client(second.North);
        elsewhere.Cookies.Add(new Cookie("session", client.Cookies.GetAllCookies().Single(c => c.Name == "session").Value, "/", "north.localhost"));

        await elsewhere.PageAsync("/account");
    }

    [Fact]
    public async Task A_person_who_was_removed_is_out_on_the_next_click()
    {
        var person = await host.People.AddAsync(host.North, "leaving", [Roles.Nurse]);
        using var client = host.Client(host.North);
        await TestPeople.SignInAsync(client, person.UserName!);
        await client.PageAsync("/account");
        using var owner = await host.SignInAsync(host.North, Roles.Owner);

        await owner.SubmitAsync(await owner.PageAsync($"/admin/people/edit/{person.Id}"), "form#deactivate");

        Assert.StartsWith("/account/sign-in", (await client.GetAsync("/account")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TestPeople.SignInAsync(client, person.UserName!)).StatusCode);
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_keeps_this_one()
    {
        var person = await host.People.AddAsync(host.North, "changing", [Roles.Nurse]);
        using var here = host.Client(host.North);
        using var there = host.Client(host.North);
        await TestPeople.SignInAsync(here, person.UserName!);
        await TestPeople.SignInAsync(there, person.UserName!);

        var changed = await here.SubmitAsync(await here.PageAsync("/account/password"), "form#password-form", ("Now", TestPeople.Password), ("New", "gravel under the porch"));

        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        await here.PageAsync("/account");
        Assert.StartsWith("/account/sign-in", (await there.GetAsync("/account")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await TestPeople.SignInAsync(there, person.UserName!, "gravel under the porch")).StatusCode);
    }

    [Fact]
    public async Task Far_reaching_pages_ask_again_after_ten_minutes_and_lead_back()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/admin/people/invite")).StatusCode);
        clock.Move(Session.StepUpFor + TimeSpan.FromSeconds(30));

        var asked = await owner.GetAsync("/admin/people/invite");
        Assert.Equal("/account/confirm?returnUrl=%2Fadmin%2Fpeople%2Finvite", asked.Headers.Location!.ToString());
        var confirmed = await owner.SubmitAsync(await owner.PageAsync(asked.Headers.Location!.ToString()), "form#confirm", ("password", TestPeople.Password));

        Assert.Equal("/admin/people/invite", confirmed.Headers.Location!.ToString());
        await owner.PageAsync("/admin/people/invite");
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await condition())
            {
                return;
            }
        }

        Assert.Fail("It did not happen within 200 requests.");
    }
}
