using System.Net;
using AngleSharp.Html.Dom;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

public sealed class PasskeyTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_passkey_is_added_named_used_instead_of_the_password_and_removed()
    {
        using var passkey = new SoftPasskey();
        using var owner = await AddAsync(Host.North, "passkey.person", passkey);
        var page = await owner.PageAsync("/account");
        Assert.Contains(page.QuerySelectorAll("input[aria-label='Name of this passkey']"), i => ((IHtmlInputElement)i).Value == "Desk 3");

        using var fresh = Host.Client(Host.North);
        Assert.Equal("/", (await SignInAsync(fresh, passkey)).Headers.Location!.ToString());
        await fresh.PageAsync("/account");

        await owner.SubmitAsync(page, "form[action='/account/passkeys/remove']");
        using var after = Host.Client(Host.North);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(after, passkey)).StatusCode);
    }

    [Fact]
    public async Task A_passkey_of_one_practice_opens_nothing_at_the_other()
    {
        using var passkey = new SoftPasskey();
        using var owner = await AddAsync(Host.North, "passkey.north", passkey);
        using var south = Host.Client(Host.South);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(south, passkey)).StatusCode);
    }

    [Fact]
    public async Task An_answer_given_to_another_site_or_to_an_earlier_question_is_refused()
    {
        using var passkey = new SoftPasskey();
        using var owner = await AddAsync(Host.North, "passkey.phished", passkey);
        using var client = Host.Client(Host.North);

        var page = await client.PageAsync("/account/sign-in");
        var phished = passkey.Get(await AskAsync(client, page, "/account/passkeys/ask"), "http://evil.example");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SubmitAsync(client, page, phished)).StatusCode);

        var earlier = passkey.Get(await AskAsync(client, page, "/account/passkeys/ask"), Origin(client));
        await AskAsync(client, page, "/account/passkeys/ask");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SubmitAsync(client, page, earlier)).StatusCode);
    }

    [Fact]
    public async Task A_lock_opens_by_passkey_only_for_its_own_person()
    {
        using var mine = new SoftPasskey();
        using var other = new SoftPasskey();
        using var me = await AddAsync(Host.North, "passkey.locked", mine);
        using var somebody = await AddAsync(Host.North, "passkey.somebody", other);
        var page = await me.LockAsync("/account");

        var wrong = other.Get(await AskAsync(me, page, "/account/passkeys/ask"), Origin(me));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await me.SubmitAsync(page, "form[data-passkey]", ("credential", wrong))).StatusCode);
        var right = mine.Get(await AskAsync(me, page, "/account/passkeys/ask"), Origin(me));
        Assert.Equal("/account", (await me.SubmitAsync(page, "form[data-passkey]", ("credential", right))).Headers.Location!.ToString());
    }

    private async Task<TestClient> AddAsync(Practice practice, string name, SoftPasskey passkey)
    {
        var person = await Host.People.AddAsync(practice, name, [Roles.Nurse]);
        var client = Host.Client(practice);
        await TestPeople.SignInAsync(client, person.UserName!);
        var page = await client.PageAsync("/account/passkeys/add");
        var credential = passkey.Create(await AskAsync(client, page, "/account/passkeys/options"), Origin(client));
        var added = await client.SubmitAsync(page, "form#add-passkey", ("credential", credential), ("name", "Desk 3"));
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        return client;
    }

    private static async Task<HttpResponseMessage> SignInAsync(TestClient client, SoftPasskey passkey)
    {
        var page = await client.PageAsync("/account/sign-in");
        return await SubmitAsync(client, page, passkey.Get(await AskAsync(client, page, "/account/passkeys/ask"), Origin(client)));
    }

    private static Task<HttpResponseMessage> SubmitAsync(TestClient client, IHtmlDocument page, string credential) =>
        client.SubmitAsync(page, "form[data-passkey]", ("credential", credential));

    private static async Task<string> AskAsync(TestClient client, IHtmlDocument page, string url)
    {
        var form = FormFields.Of((IHtmlFormElement)page.QuerySelector("form[data-passkey]")!);
        var answer = await client.Http.PostAsync(url, new FormUrlEncodedContent(form));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static string Origin(TestClient client) => client.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
}
