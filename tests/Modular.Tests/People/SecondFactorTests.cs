using System.Net;
using System.Security.Cryptography;
using AngleSharp.Html.Dom;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

public sealed class SecondFactorTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task With_the_app_turned_on_the_password_alone_opens_nothing_and_each_code_works_once()
    {
        var person = await Host.People.AddAsync(Host.North, "with.app", [Roles.Nurse]);
        using var client = Host.Client(Host.North);
        await TestPeople.SignInAsync(client, person.UserName!);
        var setUp = await BeginAsync(client);
        Assert.NotNull(setUp.QuerySelector("svg.qr path"));
        var key = setUp.QuerySelector("#shared-key")!.TextContent;
        var wrong = await client.SubmitAsync(setUp, "form#turn-on", ("code", "000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var first = Totp(key, -1);
        var turnedOn = await TestClient.ParseAsync(await (await client.SubmitAsync(setUp, "form#turn-on", ("code", first))).Content.ReadAsStringAsync());
        var recovery = turnedOn.QuerySelectorAll("ul.codes li").Select(li => li.TextContent.Trim()).ToList();
        Assert.Equal(10, recovery.Count);

        using var fresh = Host.Client(Host.North);
        var halfway = await TestPeople.SignInAsync(fresh, person.UserName!);
        Assert.StartsWith("/account/code", halfway.Headers.Location!.ToString());
        Assert.StartsWith("/account/sign-in", (await fresh.GetAsync("/account")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CodeAsync(fresh, first)).StatusCode);
        var code = Totp(key, 0);
        Assert.Equal("/", (await CodeAsync(fresh, code)).Headers.Location!.ToString());
        await fresh.PageAsync("/account");

        using var onlooker = Host.Client(Host.North);
        await TestPeople.SignInAsync(onlooker, person.UserName!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CodeAsync(onlooker, code)).StatusCode);
        Assert.Equal("/", (await CodeAsync(onlooker, recovery[0])).Headers.Location!.ToString());
        using var again = Host.Client(Host.North);
        await TestPeople.SignInAsync(again, person.UserName!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CodeAsync(again, recovery[0])).StatusCode);
    }

    [Fact]
    public async Task A_code_counts_once_though_it_is_sent_many_times_at_once_and_older_ones_never_again()
    {
        var (person, key, _) = await WithAppAsync("at.once");
        var clients = Enumerable.Range(0, 4).Select(_ => Host.Client(Host.North)).ToList();
        foreach (var client in clients)
        {
            await TestPeople.SignInAsync(client, person.UserName!);
        }

        var pages = await Task.WhenAll(clients.Select(c => c.PageAsync("/account/code")));
        var code = Totp(key, 1);
        var answers = await Task.WhenAll(clients.Select((c, i) => c.SubmitAsync(pages[i], "form#code-form", ("code", code))));
        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.Redirect));

        using var later = Host.Client(Host.North);
        await TestPeople.SignInAsync(later, person.UserName!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CodeAsync(later, Totp(key, 0))).StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_that_two_send_at_once_lets_one_in()
    {
        var (person, _, recovery) = await WithAppAsync("two.at.once");
        var both = new[] { Host.Client(Host.North), Host.Client(Host.North) };
        foreach (var client in both)
        {
            await TestPeople.SignInAsync(client, person.UserName!);
        }

        var pages = await Task.WhenAll(both.Select(c => c.PageAsync("/account/code")));
        var spent = await Task.WhenAll(both.Select((c, i) => c.SubmitAsync(pages[i], "form#code-form", ("code", recovery[0]))));

        Assert.Equal(1, spent.Count(a => a.StatusCode == HttpStatusCode.Redirect));
    }

    [Fact]
    public async Task New_recovery_codes_and_turning_it_off_take_a_code_that_counts_now()
    {
        var (person, key, recovery) = await WithAppAsync("own.codes");
        using var client = Host.Client(Host.North);
        await TestPeople.SignInAsync(client, person.UserName!);
        await CodeAsync(client, Totp(key, 0));
        var page = await client.PageAsync("/account/authenticator");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.SubmitAsync(page, "form#turn-off")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.SubmitAsync(page, "form#turn-off", ("code", Totp(key, 0)))).StatusCode);
        var form = FormFields.Of((IHtmlFormElement)page.QuerySelector("form#turn-off")!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.Http.PostAsync("/account/authenticator/codes", new FormUrlEncodedContent(form))).StatusCode);
        Assert.True(await Host.North.AskAsync<bool>($"select two_factor_enabled from core.people where id = '{person.Id}'"));

        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(page, "form#turn-off", ("code", recovery[1]))).StatusCode);
        Assert.False(await Host.North.AskAsync<bool>($"select two_factor_enabled from core.people where id = '{person.Id}'"));
        Assert.Contains("by themselves, with a code", await Host.North.AskAsync<string>($"select reason from audit.entries where what = 'second factor removed' and row_id = '{person.Id}'"));
    }

    [Fact]
    public async Task A_passkey_stands_in_for_the_app_so_adding_one_takes_a_code_that_counts_now()
    {
        var (person, key, recovery) = await WithAppAsync("key.beside.app");
        using var client = Host.Client(Host.North);
        await TestPeople.SignInAsync(client, person.UserName!);
        await CodeAsync(client, Totp(key, 0));
        using var passkey = new SoftPasskey();
        var origin = client.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        var page = await client.PageAsync("/account/passkeys/add");
        foreach (var (code, status) in new[] { ("", HttpStatusCode.UnprocessableEntity), (Totp(key, 0), HttpStatusCode.UnprocessableEntity), (recovery[2], HttpStatusCode.Redirect) })
        {
            var form = FormFields.Of((IHtmlFormElement)page.QuerySelector("form#add-passkey")!);
            var asked = await (await client.Http.PostAsync("/account/passkeys/options", new FormUrlEncodedContent(form))).Content.ReadAsStringAsync();
            var answer = await client.SubmitAsync(page, "form#add-passkey", ("credential", passkey.Create(asked, origin)), ("name", "Desk 3"), ("code", code));

            Assert.Equal(status, answer.StatusCode);
        }

        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from core.person_passkeys where user_id = '{person.Id}'"));
    }

    [Fact]
    public async Task Guessing_codes_locks_as_guessing_passwords_does()
    {
        var person = await Host.People.AddAsync(Host.North, "code.guesser", [Roles.Nurse]);
        using var client = Host.Client(Host.North);
        await TestPeople.SignInAsync(client, person.UserName!);
        var setUp = await BeginAsync(client);
        var key = setUp.QuerySelector("#shared-key")!.TextContent;
        await client.SubmitAsync(setUp, "form#turn-on", ("code", Totp(key, -1)));
        using var guesser = Host.Client(Host.North);
        await TestPeople.SignInAsync(guesser, person.UserName!);
        for (var i = 0; i < 5; i++)
        {
            await CodeAsync(guesser, "ABCDEFGHJ" + i);
        }

        var right = await CodeAsync(guesser, Totp(key, 0));

        Assert.Contains("Too many wrong tries", await right.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_key_of_the_app_and_the_recovery_codes_are_not_readable_in_the_database()
    {
        var person = await Host.People.AddAsync(Host.North, "sealed.secrets", [Roles.Nurse]);
        using var client = Host.Client(Host.North);
        await TestPeople.SignInAsync(client, person.UserName!);
        var setUp = await BeginAsync(client);
        var key = setUp.QuerySelector("#shared-key")!.TextContent.Replace(" ", "").ToUpperInvariant();

        await using var command = Host.North.Database.CreateCommand("select string_agg(value, ' ') from core.person_tokens where user_id = $1");
        command.Parameters.Add(new() { Value = person.Id });
        var stored = (string)(await command.ExecuteScalarAsync())!;

        Assert.DoesNotContain(key, stored, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("CfDJ8", stored);
    }

    private async Task<(Person Person, string Key, List<string> Recovery)> WithAppAsync(string name)
    {
        var person = await Host.People.AddAsync(Host.North, name, [Roles.Nurse]);
        using var client = Host.Client(Host.North);
        await TestPeople.SignInAsync(client, person.UserName!);
        var setUp = await BeginAsync(client);
        var key = setUp.QuerySelector("#shared-key")!.TextContent;
        var turnedOn = await TestClient.ParseAsync(await (await client.SubmitAsync(setUp, "form#turn-on", ("code", Totp(key, -1)))).Content.ReadAsStringAsync());
        return (person, key, [.. turnedOn.QuerySelectorAll("ul.codes li").Select(li => li.TextContent.Trim())]);
    }

    private static async Task<IHtmlDocument> BeginAsync(TestClient client)
    {
        await client.SubmitAsync(await client.PageAsync("/account/authenticator"), "form#begin");
        return await client.PageAsync("/account/authenticator");
    }

    private static async Task<HttpResponseMessage> CodeAsync(TestClient client, string code) =>
        await client.SubmitAsync(await client.PageAsync("/account/code"), "form#code-form", ("code", code));

    /// <summary>RFC 6238: HMAC-SHA-1 over the number of half minutes, six digits.</summary>
    private static string Totp(string key, int steps)
    {
        var counter = BitConverter.GetBytes((DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + steps);
        Array.Reverse(counter);
#pragma warning disable CA5350 // The algorithm is the standard's.
        var hash = HMACSHA1.HashData(Base32(key.Replace(" ", "")), counter);
#pragma warning restore CA5350
        var at = hash[^1] & 0xf;
        var number = ((hash[at] & 0x7f) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("D6");
    }

    private static byte[] Base32(string text)
    {
        var bits = string.Concat(text.ToUpperInvariant().Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
