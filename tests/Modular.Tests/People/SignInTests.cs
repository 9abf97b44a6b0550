using System.Net;
using Modular.Host.SignIn;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

public sealed class SignInTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_person_signs_in_and_lands_on_the_page_they_wanted()
    {
        var person = await Host.People.EnsureAsync(Host.North, Roles.FrontDesk);
        using var client = Host.Client(Host.North);
        var page = await client.PageAsync("/account/sign-in?returnUrl=%2Fscheduling%2Fdays");

        var response = await client.SubmitAsync(page, "form#sign-in", ("Name", person.UserName!.ToUpperInvariant()), ("Password", TestPeople.Password));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/scheduling/days", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_role_preset_opens_what_the_module_grants_it_and_nothing_else()
    {
        using var frontDesk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var hr = await Host.SignInAsync(Host.North, Roles.Hr);

        Assert.Equal(HttpStatusCode.OK, (await frontDesk.GetAsync("/scheduling/days")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await hr.GetAsync("/scheduling/days")).StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task An_address_outside_the_practice_is_never_gone_to(string target)
    {
        var person = await Host.People.EnsureAsync(Host.North, Roles.FrontDesk);
        using var client = Host.Client(Host.North);
        var page = await client.PageAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(target)}");

        var response = await client.SubmitAsync(page, "form#sign-in", ("Name", person.UserName!), ("Password", TestPeople.Password), ("ReturnUrl", target));

        Assert.Equal("/", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_read_the_same()
    {
        var person = await Host.People.AddAsync(Host.North, "same.words", [Roles.Nurse]);
        using var client = Host.Client(Host.North);

        var wrong = await RefusalAsync(client, person.UserName!, "not the password at all");
        var unknown = await RefusalAsync(client, "nobody.by.this.name", "not the password at all");

        Assert.Equal(wrong, unknown);
    }

    [Fact]
    public async Task Five_wrong_tries_lock_the_name_whether_or_not_it_exists_and_the_right_password_waits_too()
    {
        var person = await Host.People.AddAsync(Host.North, "brute.force", [Roles.Nurse]);
        using var client = Host.Client(Host.North);
        foreach (var name in new[] { person.UserName!, "nobody.brute.force" })
        {
            for (var i = 0; i < SignInAttempts.PerName; i++)
            {
                await RefusalAsync(client, name, $"guess number {i} of many");
            }

            Assert.Contains("Too many wrong tries", await RefusalAsync(client, name, TestPeople.Password));
        }
    }

    [Fact]
    public async Task Parallel_guesses_are_all_counted()
    {
        var person = await Host.People.AddAsync(Host.North, "parallel.force", [Roles.Nurse]);
        using var client = Host.Client(Host.North);
        var page = await client.PageAsync("/account/sign-in");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => client.SubmitAsync(page, "form#sign-in", ("Name", person.UserName!), ("Password", $"guess number {i}"))));

        Assert.Contains("Too many wrong tries", await RefusalAsync(client, person.UserName!, TestPeople.Password));
    }

    [Fact]
    public async Task A_cookie_of_one_practice_is_nothing_at_the_other()
    {
        using var north = await Host.SignInAsync(Host.North, Roles.Owner);
        using var south = Host.Client(Host.South);
        var cookie = north.Cookies.GetAllCookies().Single(c => c.Name == "session");
        south.Cookies.Add(new Cookie("session", cookie.Value, "/", "south.localhost"));

        var response = await south.GetAsync("/account");

        Assert.StartsWith("/account/sign-in", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_tampered_cookie_is_nothing()
    {
        using var client = await Host.SignInAsync(Host.North, Roles.Owner);
        var cookie = client.Cookies.GetAllCookies().Single(c => c.Name == "session");
        var value = cookie.Value.ToCharArray();
        value[^8] = value[^8] == 'A' ? 'B' : 'A';
        cookie.Value = new string(value);

        Assert.StartsWith("/account/sign-in", (await client.GetAsync("/account")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_form_of_one_practice_is_refused_by_the_other_and_one_without_token_by_all()
    {
        using var north = await Host.SignInAsync(Host.North, Roles.Owner);
        using var south = await Host.SignInAsync(Host.South, Roles.Owner);
        var form = FormFields.Of((AngleSharp.Html.Dom.IHtmlFormElement)(await north.PageAsync("/account")).QuerySelector("form#profile")!);
        foreach (Cookie cookie in north.Cookies.GetAllCookies().Where(c => c.Name == "request-token"))
        {
            south.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", "south.localhost"));
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await south.Http.PostAsync("/account", new FormUrlEncodedContent(form))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await north.Http.PostAsync("/account", new FormUrlEncodedContent([new("name", "Changed")]))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await north.Http.PostAsync("/account", new FormUrlEncodedContent(form))).StatusCode);
    }

    [Fact]
    public async Task Signing_in_never_keeps_a_session_that_was_planted_before()
    {
        using var client = await Host.SignInAsync(Host.North, Roles.Nurse);
        var before = client.Cookies.GetAllCookies().Single(c => c.Name == "session").Value;
        var person = await Host.People.EnsureAsync(Host.North, Roles.Biller);
        var lockPage = await client.LockAsync();
        Assert.NotNull(lockPage.QuerySelector("form#unlock"));
        await TestPeople.SignInAsync(client, person.UserName!);
        using var thief = Host.Client(Host.North);
        thief.Cookies.Add(new Cookie("session", before, "/", "north.localhost"));

        Assert.NotEqual(before, client.Cookies.GetAllCookies().Single(c => c.Name == "session").Value);
        Assert.StartsWith("/account/sign-in", (await thief.GetAsync("/account")).Headers.Location!.ToString());
    }

    private static async Task<string> RefusalAsync(TestClient client, string name, string password)
    {
        var response = await TestPeople.SignInAsync(client, name, password);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        return (await TestClient.ParseAsync(await response.Content.ReadAsStringAsync())).QuerySelector("[role=alert]")!.TextContent.Trim();
    }
}
