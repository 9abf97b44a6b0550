using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Outside;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.Settings;
using Modular.Host.SignIn.Provider;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

/// <summary>A host whose northern practice has a provider; the tests of a class share it, each with people and accounts of its own.</summary>
public sealed class ProviderHost : IAsyncLifetime
{
    public OutsideProvider Provider { get; } = new();

    public TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Provider.StartAsync();
        Host = await TestHost.StartAsync(builder => builder.Services.AddSingleton(new OutgoingClient(new() { MayCall = _ => true, Scheme = "http", PersonWaits = TimeSpan.FromMinutes(1) })));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Provider.DisposeAsync();
    }
}

/// <summary>Signing in with the practice's own provider: who gets in, who does not, and what goes on when it is down.</summary>
public sealed class ProviderSignInTests(ProviderHost fixture) : IClassFixture<ProviderHost>, IAsyncLifetime
{
    private readonly string nora = $"nora-{Guid.NewGuid():N}@clinic.example";
    private readonly TestHost host = fixture.Host;
    private readonly OutsideProvider provider = fixture.Provider;

    public async ValueTask InitializeAsync()
    {
        provider.Reset($"account-{Guid.NewGuid():N}");
        await SetUpAsync(host.North);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Somebody_who_was_invited_by_their_address_signs_in_and_is_known_by_their_account_from_then_on()
    {
        var person = await InviteAsync(nora);
        provider.Address = nora.ToUpperInvariant();
        using var desk = host.Client(host.North);

        using var first = await SignInAsync(desk, "/patients");
        Assert.Equal("/patients", first.Headers.Location!.ToString());
        Assert.Contains("provider", (await desk.PageAsync("/account")).GetElementById("sessions")!.TextContent);
        provider.Address = $"another-{nora}";
        using var other = host.Client(host.North);
        using var again = await SignInAsync(other);

        Assert.Equal("/", again.Headers.Location!.ToString());
        Assert.Equal(2L, await host.North.AskAsync<long>($"select count(*) from audit.entries where what = 'signed in with the provider' and person_id = '{person.Id}'"));
        Assert.Equal(0L, await host.North.AskAsync<long>($"select count(*) from core.invitations where person_id = '{person.Id}' and used_at is null"));
    }

    [Theory]
    [InlineData("nobody was invited", "Nobody was invited here as stranger@clinic.example")]
    [InlineData("not verified", "does not vouch that")]
    [InlineData("nothing said of it", "does not vouch")]
    [InlineData("no address", "did not say your e-mail address")]
    [InlineData("a user name for an address", "did not say your e-mail address")]
    [InlineData("typed into the own profile", "Nobody was invited here as")]
    [InlineData("deactivated", "You can no longer sign in here")]
    [InlineData("another account", "with another account of the provider")]
    [InlineData("wrong issuer", "is not accepted")]
    [InlineData("wrong nonce", "is not accepted")]
    [InlineData("too old", "is not accepted")]
    [InlineData("refused there", "was told not to go on")]
    [InlineData("wrong secret", "does not accept the client id and secret")]
    public async Task Everybody_else_is_told_why_and_nobody_is_added(string how, string sentence)
    {
        var person = await InviteAsync(nora);
        provider.Address = nora;
        switch (how)
        {
            case "nobody was invited": provider.Address = "stranger@clinic.example"; break;
            case "not verified": provider.Verified = false; break;
            case "nothing said of it": provider.Verified = null; break;
            case "no address": provider.Address = null; break;
            case "a user name for an address":
                var boss = await host.People.AddAsync(host.North, $"boss-{Guid.NewGuid():N}", [Roles.Owner]);
                provider.Address = boss.UserName;
                break;
            case "typed into the own profile":
                await ExecuteAsync($"update core.people set email = 'typed-{nora}', normalized_email = upper('typed-{nora}') where id = '{person.Id}'");
                provider.Address = $"typed-{nora}";
                break;
            case "deactivated": await ExecuteAsync($"update core.people set active = false where id = '{person.Id}'"); break;
            case "another account":
                await ExecuteAsync($"insert into core.person_accounts (id, person_id, issuer, subject, linked_at) values (gen_random_uuid(), '{person.Id}', '{provider.Issuer}', 'account-0', now())");
                break;
            case "wrong issuer": provider.WrongIssuer = "https://evil.example/"; break;
            case "wrong nonce": provider.WrongNonce = "another"; break;
            case "too old": provider.Clock.Off = -TimeSpan.FromHours(2); break;
            case "refused there": provider.Refuses = true; break;
            case "wrong secret": await SecretAsync(host.North, "not the secret"); break;
        }

        var (people, refused) = (await host.North.AskAsync<long>("select count(*) from core.people"), await RefusalsAsync());
        using var desk = host.Client(host.North);
        using var answer = await SignInAsync(desk);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());
        Assert.Contains(sentence, page.QuerySelector(".errors")!.TextContent);
        Assert.NotNull(page.QuerySelector("form#sign-in"));
        Assert.Equal(people, await host.North.AskAsync<long>("select count(*) from core.people"));
        Assert.DoesNotContain(desk.Cookies.GetAllCookies(), c => c.Name == "session");
        Assert.Equal(refused + 1, await RefusalsAsync());
    }

    [Fact]
    public async Task A_clock_that_is_off_by_a_little_keeps_nobody_out()
    {
        await InviteAsync(nora);
        (provider.Address, provider.Clock.Off) = (nora, TimeSpan.FromSeconds(40));
        using var desk = host.Client(host.North);

        using var answer = await SignInAsync(desk);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task A_provider_that_is_down_says_so_on_the_page_where_the_password_goes_on()
    {
        var person = await host.People.AddAsync(host.North, $"local-{nora}", [Roles.FrontDesk]);
        provider.Down = true;
        // Nothing of what was read of it before is kept.
        await ExecuteAsync("update core.sign_in_provider set client_id = 'anew'");
        using var desk = host.Client(host.North);

        using var answer = await desk.GetAsync("/account/sign-in/provider");
        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());
        Assert.Contains("the provider does not answer as it should", page.QuerySelector(".errors")!.TextContent);
        using var local = await desk.SubmitAsync(page, "form#sign-in", ("Name", person.UserName!), ("Password", TestPeople.Password));

        Assert.Equal(HttpStatusCode.Redirect, local.StatusCode);
        provider.Down = false;
        await ExecuteAsync($"update core.sign_in_provider set client_id = '{OutsideProvider.ClientId}'");
        using var back = await desk.GetAsync("/account/sign-in/provider");
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
    }

    [Fact]
    public async Task An_answer_serves_once_in_its_own_browser_and_at_its_own_practice()
    {
        await InviteAsync(nora);
        provider.Address = nora;
        using var desk = host.Client(host.North);
        var back = await OutsideProvider.PassAsync(await AskedAsync(desk));
        using var other = host.Client(host.North);
        using var south = host.Client(host.South);
        foreach (Cookie cookie in desk.Cookies.GetAllCookies())
        {
            south.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", "south.localhost"));
        }

        await SetUpAsync(host.South);
        await RefusedAsync(other, back);
        await RefusedAsync(south, back);
        var planted = new Uri(back.AbsoluteUri.Replace("code=", "code=x", StringComparison.Ordinal));
        await RefusedAsync(desk, planted);
        await RefusedAsync(desk, back);

        var second = await OutsideProvider.PassAsync(await AskedAsync(desk));
        using var entered = await desk.GetAsync(second.PathAndQuery);
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        desk.Cookies.GetAllCookies().Single(c => c.Name == "session").Expired = true;
        await RefusedAsync(desk, second);
        await RefusedAsync(desk, new("/account/sign-in/callback?code=x&state=y", UriKind.Relative));
        await RefusedAsync(desk, new("/account/sign-in/callback?error=access_denied", UriKind.Relative));
    }

    [Fact]
    public async Task An_answer_that_names_another_issuer_is_refused()
    {
        await InviteAsync(nora);
        provider.Address = nora;
        using var desk = host.Client(host.North);
        var back = await OutsideProvider.PassAsync(await AskedAsync(desk));

        await RefusedAsync(desk, new(System.Text.RegularExpressions.Regex.Replace(back.AbsoluteUri, "iss=[^&]*", "iss=https%3A%2F%2Fevil.example%2F")));
    }

    [Fact]
    public async Task Nobody_is_sent_anywhere_but_to_a_page_of_the_practice()
    {
        await InviteAsync(nora);
        provider.Address = nora;
        using var desk = host.Client(host.North);

        using var answer = await SignInAsync(desk, "https://evil.example/");

        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Whoever_has_a_second_factor_here_is_asked_for_it()
    {
        var person = await InviteAsync(nora);
        await ExecuteAsync($"update core.people set two_factor_enabled = true where id = '{person.Id}'");
        provider.Address = nora;
        using var desk = host.Client(host.North);

        using var answer = await SignInAsync(desk, "/patients");

        Assert.Equal("/account/code?returnUrl=%2Fpatients", answer.Headers.Location!.ToString());
        Assert.DoesNotContain(desk.Cookies.GetAllCookies(), c => c.Name == "session");
        Assert.NotNull((await desk.PageAsync(answer.Headers.Location.ToString())).QuerySelector("form#code-form"));
    }

    [Fact]
    public async Task The_provider_confirms_and_unlocks_when_it_asked_again_and_only_for_the_same_person()
    {
        await InviteAsync(nora);
        provider.Address = nora;
        using var desk = host.Client(host.North);
        using var entered = await SignInAsync(desk);
        var page = await desk.LockAsync();
        Assert.NotNull(page.GetElementById("provider"));

        Assert.Equal("/lock?returnUrl=%2Fpatients", await ConfirmAsync(desk));
        provider.AskedAt = DateTimeOffset.UtcNow - TimeSpan.FromHours(1);
        Assert.Equal("/lock?returnUrl=%2Fpatients", await ConfirmAsync(desk));
        provider.AskedAt = DateTimeOffset.UtcNow;
        await InviteAsync($"other-{nora}");
        var mine = provider.Subject;
        (provider.Subject, provider.Address) = ($"{mine}-2", $"other-{nora}");
        Assert.Equal("/lock?returnUrl=%2Fpatients", await ConfirmAsync(desk));
        (provider.Subject, provider.Address, provider.AskedAt) = (mine, nora, DateTimeOffset.UtcNow);
        Assert.Equal("/patients", await ConfirmAsync(desk));
        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync("/patients")).StatusCode);
    }

    [Fact]
    public async Task A_released_account_makes_room_for_another_one_with_the_same_address()
    {
        var person = await InviteAsync(nora);
        provider.Address = nora;
        using (var desk = host.Client(host.North))
        {
            using var first = await SignInAsync(desk);
        }

        provider.Subject += "-9";
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        using var released = await owner.SubmitAsync(await owner.PageAsync($"/admin/people/edit/{person.Id}"), "form#release");
        Assert.Equal(HttpStatusCode.Redirect, released.StatusCode);
        using var again = host.Client(host.North);
        using var answer = await SignInAsync(again);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(provider.Subject, await host.North.AskAsync<string>($"select subject from core.person_accounts where person_id = '{person.Id}'"));
    }

    [Fact]
    public async Task An_owner_sets_it_up_tries_it_and_is_told_what_is_wrong()
    {
        await ExecuteAsync("delete from core.sign_in_provider; delete from core.person_accounts", host.South);
        using var owner = await host.SignInAsync(host.South, Roles.Owner);
        Assert.Null((await owner.PageAsync("/admin/sign-in")).QuerySelector("a[href='/admin/sign-in/test']"));
        using (var wrong = await SaveAsync(owner, ("Form.Issuer", "ftp://x"), ("Form.ClientId", "")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains("must begin with", await wrong.Content.ReadAsStringAsync());
        }

        using (var saved = await SaveAsync(owner, ("Form.Issuer", provider.Issuer), ("Form.ClientId", OutsideProvider.ClientId), ("password.secret", OutsideProvider.Secret), ("Form.Active", "false")))
        {
            Assert.Equal("/admin/sign-in", saved.Headers.Location!.ToString());
        }

        using (var stranger = host.Client(host.South))
        {
            Assert.Null((await stranger.PageAsync("/account/sign-in")).GetElementById("provider"));
        }

        provider.Address = "stranger@clinic.example";
        Assert.Contains("Nobody was invited here as stranger@clinic.example", await TestAsync(owner));
        await host.People.AddAsync(host.South, "sam@clinic.example", [Roles.FrontDesk]);
        provider.Address = "sam@clinic.example";
        Assert.Contains("It works: the provider says sam@clinic.example, and here that is Test sam@clinic.example", await TestAsync(owner));
        await SecretAsync(host.South, "not the secret");
        Assert.Contains("does not accept the client id and secret", await TestAsync(owner));
        provider.Down = true;
        await ExecuteAsync("update core.sign_in_provider set client_id = client_id || 'x'", host.South);
        Assert.Contains("does not answer as it should", await TestAsync(owner));
        Assert.Equal(0L, await host.South.AskAsync<long>("select count(*) from core.person_accounts"));
        Assert.DoesNotContain(OutsideProvider.Secret, (await owner.PageAsync("/admin/sign-in")).Body!.InnerHtml);
    }

    [Fact]
    public async Task An_address_inside_is_called_only_where_the_server_allows_it()
    {
        await using var closed = await TestHost.StartAsync(Patient);
        await using var open = await TestHost.StartAsync(Patient, options: o => o with { PrivateProviders = ["127.0.0.1"] });
        foreach (var (at, sentence) in new[] { (closed, "is not an address on the public internet"), (open, "certificate is not accepted") })
        {
            await using (var scope = at.Services.OpenScope(at.North, Actor.System("test")))
            {
                var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
                db.Add(new SignInProvider { Issuer = provider.Issuer.Replace("http:", "https:", StringComparison.Ordinal), ClientId = "x", Button = "Go", Active = true });
                await db.SaveChangesAsync();
            }

            using var desk = at.Client(at.North);
            using var answer = await desk.GetAsync("/account/sign-in/provider");
            Assert.Contains(sentence, (await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync())).QuerySelector(".errors")!.TextContent);
        }
    }

    /// <summary>The rules as they are, with time for a busy machine.</summary>
    private static void Patient(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(new OutgoingClient(new() { PersonWaits = TimeSpan.FromMinutes(1) }));

    private static async Task<HttpResponseMessage> SaveAsync(TestClient owner, params (string, string)[] values) =>
        await owner.SubmitAsync(await owner.PageAsync("/admin/sign-in"), "form#provider", values);

    private static async Task<string> TestAsync(TestClient owner)
    {
        using var asked = await owner.GetAsync("/admin/sign-in/test");
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        if (asked.Headers.Location!.IsAbsoluteUri)
        {
            using var back = await owner.GetAsync((await OutsideProvider.PassAsync(asked.Headers.Location)).PathAndQuery);
            Assert.Equal("/admin/sign-in", back.Headers.Location!.ToString());
        }

        return (await owner.PageAsync("/admin/sign-in")).GetElementById("outcome")!.TextContent;
    }

    private static async Task<string> ConfirmAsync(TestClient desk)
    {
        using var asked = await desk.GetAsync("/account/sign-in/provider/confirm?returnUrl=%2Fpatients");
        Assert.Contains("max_age=0", asked.Headers.Location!.Query);
        using var back = await desk.GetAsync((await OutsideProvider.PassAsync(asked.Headers.Location)).PathAndQuery);
        return back.Headers.Location!.ToString();
    }

    private static async Task<Uri> AskedAsync(TestClient desk, string returnUrl = "/")
    {
        using var asked = await desk.GetAsync($"/account/sign-in/provider?returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.True(asked.StatusCode == HttpStatusCode.Redirect, await asked.Content.ReadAsStringAsync());
        return asked.Headers.Location!;
    }

    private static async Task<HttpResponseMessage> SignInAsync(TestClient desk, string returnUrl = "/") =>
        await desk.GetAsync((await OutsideProvider.PassAsync(await AskedAsync(desk, returnUrl))).PathAndQuery);

    private static async Task RefusedAsync(TestClient desk, Uri back)
    {
        using var answer = await desk.GetAsync(back.IsAbsoluteUri ? back.PathAndQuery : back.OriginalString);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.DoesNotContain(desk.Cookies.GetAllCookies(), c => c is { Name: "session", Expired: false });
    }

    private Task<long> RefusalsAsync() => host.North.AskAsync<long>("select count(*) from audit.entries where what = 'sign-in with the provider refused' and reason is not null");

    private async Task<Person> InviteAsync(string address)
    {
        await using var scope = host.Services.OpenScope(host.North, Actor.System("test"));
        return (await scope.ServiceProvider.GetRequiredService<PeopleAdmin>().InviteAsync(new($"Test {address}", address, new([Roles.FrontDesk])))).Person;
    }

    private async Task SetUpAsync(Practice practice)
    {
        await using (var scope = host.Services.OpenScope(practice, Actor.System("test")))
        {
            var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
            db.RemoveRange(db.Providers);
            await db.SaveChangesAsync();
            db.Add(new SignInProvider { Issuer = provider.Issuer, ClientId = OutsideProvider.ClientId, Button = "Use my clinic account", Active = true });
            await db.SaveChangesAsync();
        }

        await SecretAsync(practice, OutsideProvider.Secret);
    }

    private async Task SecretAsync(Practice practice, string secret)
    {
        await using var scope = host.Services.OpenScope(practice, Actor.System("test"));
        await scope.ServiceProvider.GetRequiredService<Secrets>().KeepAsync("core", Providers.SecretId, secret, default);
    }

    private async Task ExecuteAsync(string sql, Practice? practice = null)
    {
        await using var command = (practice ?? host.North).Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
