using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Callers;
using Modular.Host.SignedIn;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

/// <summary>Nothing typed is lost when somebody has to say who they are first, and nothing is carried out by itself.</summary>
public sealed class KeptFormTests : IAsyncLifetime
{
    private const string Invite = "/admin/people/invite";

    private readonly TestClock clock = new();
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_form_sent_after_the_confirmation_ran_out_is_there_again_after_confirming_and_was_not_carried_out()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        owner.Http.DefaultRequestHeaders.Referrer = new(owner.Http.BaseAddress!, Invite);
        var form = await owner.PageAsync(Invite);
        clock.Move(Session.StepUpFor + TimeSpan.FromSeconds(30));

        var asked = await owner.SubmitAsync(form, "form#invite", ("Form.Name", "Nora <Quist>"), ("Form.SignInName", "kept.nora"), ("Form.Presets", Roles.Nurse), ("Form.AllLocations", "false"), ("Form.Locations", $"{TestHost.NorthLake}"));
        var address = asked.Headers.Location!.ToString();
        Assert.StartsWith("/account/confirm?returnUrl=%2Fadmin%2Fpeople%2Finvite%3Fkept%3D", address);
        Assert.DoesNotContain("nora", address, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(owner.Cookies.GetAllCookies(), c => c.Value.Contains("Quist", StringComparison.Ordinal));
        var confirmed = await owner.SubmitAsync(await owner.PageAsync(address), "form#confirm", ("password", TestPeople.Password));
        var back = await owner.PageAsync(confirmed.Headers.Location!.ToString());

        Assert.Contains("Not saved yet.", back.QuerySelector("form#invite[data-kept] .note")!.TextContent);
        Assert.Equal("Nora <Quist>", Field(back, "Form.Name"));
        Assert.Equal("kept.nora", Field(back, "Form.SignInName"));
        Assert.Equal([Roles.Nurse], Chosen(back, "Form.Presets"));
        Assert.Equal(["false"], Chosen(back, "Form.AllLocations"));
        Assert.Equal([TestHost.NorthLake.ToString()], Chosen(back, "Form.Locations"));
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from core.people where user_name = 'kept.nora'"));

        var sent = await owner.SubmitAsync(back, "form#invite");
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Equal(1L, await host.North.AskAsync<long>("select count(*) from core.people where user_name = 'kept.nora'"));
    }

    [Fact]
    public async Task A_form_sent_from_a_desk_that_locked_or_whose_session_ended_is_there_again_after_signing_in()
    {
        using var desk = await host.SignInAsync(host.North, Roles.FrontDesk);
        var name = (await host.People.EnsureAsync(host.North, Roles.FrontDesk)).UserName!;
        desk.Http.DefaultRequestHeaders.Referrer = new(desk.Http.BaseAddress!, "/patients/registrations/quick");
        foreach (var (away, page, unlock) in new[] { (TimeSpan.FromMinutes(16), "/lock?", "form#unlock"), (TimeSpan.FromHours(13), "/account/sign-in?", "form#sign-in") })
        {
            var form = await desk.PageAsync("/patients/registrations/quick");
            clock.Move(away);
            var asked = await desk.SubmitAsync(form, "main form", ("Form.LastName", "Zqkept"), ("Form.FirstName", "Ada"), ("Form.BirthDate", "13/45/48"));
            Assert.StartsWith(page, asked.Headers.Location!.ToString());
            var open = await desk.SubmitAsync(await desk.PageAsync(asked.Headers.Location!.ToString()), unlock, ("Name", name), ("password", TestPeople.Password), ("Password", TestPeople.Password));
            var back = await desk.PageAsync(open.Headers.Location!.ToString());

            Assert.Equal(["Zqkept", "Ada", "13/45/48"], new[] { "Form.LastName", "Form.FirstName", "Form.BirthDate" }.Select(field => Field(back, field)));
        }

        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from patients.patients where last_name = 'Zqkept'"));
    }

    [Fact]
    public async Task What_was_kept_is_encrypted_and_shown_to_nobody_else_and_not_for_long()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        using var other = await host.SignInAsync(host.North, Roles.Manager);
        var form = await owner.PageAsync(Invite);
        owner.Http.DefaultRequestHeaders.Referrer = new(owner.Http.BaseAddress!, Invite);
        clock.Move(TimeSpan.FromMinutes(11));
        await owner.SubmitAsync(form, "form#invite", ("Form.Name", "Zqsecret"), ("Form.SignInName", "zqsecret"));
        var id = await host.North.AskAsync<Guid>("select id from core.kept_forms order by id desc limit 1");

        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from core.kept_forms where position('Zqsecret'::bytea in content) > 0"));
        await ConfirmAsync(other);
        Assert.Equal("", Field(await other.PageAsync($"{Invite}?kept={id:N}"), "Form.Name"));
        await ConfirmAsync(owner);
        Assert.Equal("Zqsecret", Field(await owner.PageAsync($"{Invite}?kept={id:N}"), "Form.Name"));
        for (var minutes = 0.0; minutes < KeptForms.KeptFor.TotalMinutes; minutes += 9)
        {
            clock.Move(TimeSpan.FromMinutes(9));
            await owner.PageAsync("/account");
        }

        await ConfirmAsync(owner);
        Assert.Equal("", Field(await owner.PageAsync($"{Invite}?kept={id:N}"), "Form.Name"));
    }

    [Fact]
    public async Task A_form_that_another_site_sends_is_not_kept()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        clock.Move(TimeSpan.FromMinutes(11));

        var asked = await owner.Http.PostAsync(Invite, new FormUrlEncodedContent([new("Form.Name", "Planted"), new("__RequestVerificationToken", "guess")]));

        Assert.DoesNotContain("kept", asked.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_page_that_locks_itself_hands_its_half_typed_form_over_first()
    {
        using var desk = await host.SignInAsync(host.North, Roles.FrontDesk);
        var page = await desk.PageAsync("/patients/registrations/quick");
        var token = ((IHtmlInputElement)page.QuerySelector("main form input[name=__RequestVerificationToken]")!).Value;
        clock.Move(TimeSpan.FromMinutes(16));

        using var content = new MultipartFormDataContent { { new StringContent("Zqhalf"), "Form.LastName" }, { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent([]), "Card", "front.jpg" } };
        var kept = await desk.Http.PostAsync($"/account/keep?action={((IHtmlFormElement)page.QuerySelector("main form")!).GetAttribute("action")}&page=%2Fpatients%2Fregistrations%2Fquick%3Fq%3Dzq", content);
        var back = await kept.Content.ReadAsStringAsync();

        Assert.StartsWith("/patients/registrations/quick?q=zq&kept=", back);
        await desk.SubmitAsync(await desk.PageAsync($"/lock?returnUrl={Uri.EscapeDataString(back)}"), "form#unlock", ("password", TestPeople.Password));
        var again = await desk.PageAsync(back);
        Assert.Equal("Zqhalf", Field(again, "Form.LastName"));
        Assert.Contains("Choose front.jpg again", again.QuerySelector(".note")!.TextContent);
    }

    private static async Task ConfirmAsync(TestClient client)
    {
        var locked = await client.GetAsync("/account");
        var page = locked.StatusCode == HttpStatusCode.Redirect ? (locked.Headers.Location!.ToString(), "form#unlock") : ("/account/confirm", "form#confirm");
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(await client.PageAsync(page.Item1), page.Item2, ("password", TestPeople.Password))).StatusCode);
    }

    private static string Field(IHtmlDocument page, string name) => ((IHtmlInputElement)page.QuerySelector($"main [name='{name}']")!).Value;

    private static IEnumerable<string> Chosen(IHtmlDocument page, string name) =>
        page.QuerySelectorAll($"main [name='{name}']").OfType<IHtmlInputElement>().Where(i => i.IsChecked).Select(i => i.Value);
}
