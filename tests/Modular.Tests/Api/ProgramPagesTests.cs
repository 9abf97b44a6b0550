using System.Net;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

/// <summary>The pages on which an office connects programs.</summary>
public sealed class ProgramPagesTests(SharedHost shared)
{
    private readonly string name = $"Reminders {Guid.NewGuid():N}"[..30];

    [Fact]
    public async Task A_manager_connects_a_program_sees_its_secret_once_and_the_program_works()
    {
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);

        using var answer = await SaveAsync(manager, ("Form.Name", name), ("Form.Contact", "555 0100"), ("Form.RequestsPerMinute", "60"), ("Form.Scopes", "scheduling.visit.read"));
        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());
        var (id, secret) = (page.QuerySelector("#client-id")!.TextContent, page.QuerySelector("#client-secret")!.TextContent);

        Assert.StartsWith("mps_", secret);
        using var token = await manager.Http.PostAsync("/connect/token", new FormUrlEncodedContent(
            [new("grant_type", "client_credentials"), new("client_id", id), new("client_secret", secret)]));
        Assert.Equal("scheduling.visit.read", (await token.BodyAsync(HttpStatusCode.OK)).GetProperty("scope").GetString());
        var list = await manager.PageAsync("/admin/programs?sort=-made"); // the practice has many by now
        Assert.Contains(name, list.Body!.TextContent);
        Assert.DoesNotContain(secret, list.Body.InnerHtml);
        Assert.DoesNotContain(secret, (await manager.PageAsync($"/admin/programs/edit/{Guid.ParseExact(id, "N")}")).Body!.InnerHtml);
        Assert.Equal(1L, await shared.Host.North.AskAsync<long>($"select count(*) from audit.entries where table_name = 'programs' and row_id = '{Guid.ParseExact(id, "N")}' and person_name like 'Test%'"));
    }

    [Fact]
    public async Task Nothing_chosen_no_place_or_a_name_that_is_taken_is_said_and_nothing_typed_is_lost()
    {
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        using (var first = await SaveAsync(manager, ("Form.Name", name), ("Form.Scopes", "scheduling.visit.read")))
        {
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        }

        await RefusedAsync(manager, "Choose at least one thing", ("Form.Name", "x"));
        await RefusedAsync(manager, "Choose at least one location", ("Form.Name", "x"), ("Form.Scopes", "scheduling.visit.read"), ("Form.AllLocations", "false"));
        var page = await RefusedAsync(manager, "Another program has this name", ("Form.Name", name), ("Form.Scopes", "patients.patient.read"));
        Assert.NotNull(page.QuerySelector("input[name='Form.Scopes'][value='patients.patient.read'][checked]"));
    }

    [Fact]
    public async Task Nobody_gives_a_program_what_they_may_not_do()
    {
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        using var north = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager, [TestHost.NorthMain]);

        // The owner's alone.
        await RefusedAsync(manager, "You cannot give what you do not have yourself", ("Form.Name", name), ("Form.Scopes", "core.retention.approve"));
        await RefusedAsync(north, "You can only give locations", ("Form.Name", name), ("Form.Scopes", "patients.patient.read"), ("Form.AllLocations", "true"));
    }

    [Fact]
    public async Task A_program_is_cut_off_by_its_page()
    {
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        using var api = await ApiClient.ConnectAsync(shared.Host, shared.Host.North, ["patients.patient.read"]);
        var page = await manager.PageAsync($"/admin/programs/edit/{api.Program.Id}");

        using var done = await manager.SubmitAsync(page, "form#revoke");

        Assert.Equal("/admin/programs", done.Headers.Location!.ToString());
        using var stopped = await api.GetAsync("/api/patients");
        Assert.Equal(HttpStatusCode.Unauthorized, stopped.StatusCode);
        Assert.Contains("Cut off", (await manager.PageAsync($"/admin/programs/edit/{api.Program.Id}")).Body!.TextContent);
    }

    [Fact]
    public async Task What_a_program_has_of_a_module_that_is_not_here_stays_when_its_page_is_saved_and_can_be_taken_away()
    {
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        using var api = await ApiClient.ConnectAsync(shared.Host, shared.Host.North, ["patients.patient.read"]);
        await shared.Host.North.Database.CreateCommand($"update core.programs set scopes = '{{gone.thing.read,patients.patient.read}}' where id = '{api.Program.Id}'").ExecuteNonQueryAsync();
        var url = $"/admin/programs/edit/{api.Program.Id}";

        using var saved = await manager.SubmitAsync(await manager.PageAsync(url), "form#program", ("Form.Name", name));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = await manager.PageAsync(url);
        Assert.Contains("gone.thing.read", page.GetElementById("absent")!.TextContent);
        page.QuerySelector("input[value='gone.thing.read']")!.Remove();
        using var taken = await manager.SubmitAsync(page, "form#program");

        Assert.Null((await manager.PageAsync(url)).GetElementById("absent"));
        Assert.Equal("patients.patient.read", await shared.Host.North.AskAsync<string>($"select array_to_string(scopes, ' ') from core.programs where id = '{api.Program.Id}'"));
    }

    [Theory]
    [InlineData("browser", "", "Say where people are sent back to")]
    [InlineData("browser", "signed-in", "is no whole address")]
    [InlineData("browser", "http://app.example/", "must begin with https://")]
    [InlineData("browser", "https://*.app.example/", "holds an asterisk")]
    [InlineData("browser", "https://app.example/#here", "holds a #")]
    [InlineData("browser", "https://me:secret@app.example/", "holds a name or password")]
    [InlineData("browser", "javascript:alert(1)", "must begin with https://")]
    [InlineData("native", "http://localhost/back", "Begin with http://127.0.0.1/")]
    [InlineData("native", "https://app.example/back", "Begin with http://127.0.0.1/")]
    [InlineData("native", "http://127.0.0.1:8080/back", "leave the port out")]
    [InlineData("server", "https://app.example/a\nftp://app.example/", "must begin with https://")]
    public async Task An_address_that_nobody_can_be_sent_back_to_is_said_beside_its_field(string kind, string addresses, string sentence)
    {
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);

        using var answer = await SaveAsync(manager, ("Form.Name", name), ("Form.Scopes", "patients.patient.read"), ("Form.Kind", kind), ("Form.RedirectUris", addresses));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());
        Assert.Contains(sentence, page.QuerySelector("[name='Form.RedirectUris']")!.ParentElement!.TextContent);
    }

    [Fact]
    public async Task An_app_has_no_secret_and_its_kind_stays()
    {
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        using var made = await SaveAsync(manager, ("Form.Name", name), ("Form.Scopes", "patients.patient.read"), ("Form.Kind", "native"), ("Form.RedirectUris", "http://127.0.0.1/back"));
        var page = await TestClient.ParseAsync(await made.Content.ReadAsStringAsync());
        Assert.Null(page.GetElementById("client-secret"));
        var id = Guid.ParseExact(page.GetElementById("client-id")!.TextContent, "N");

        var edit = await manager.PageAsync($"/admin/programs/edit/{id}");
        Assert.Null(edit.QuerySelector("form#secret"));
        using var saved = await manager.SubmitAsync(edit, "form#program", ("Form.Kind", "server"), ("Form.RedirectUris", "http://127.0.0.1/other"));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal("native http://127.0.0.1/other", await shared.Host.North.AskAsync<string>($"select kind || ' ' || array_to_string(redirect_uris, ' ') from core.programs where id = '{id}'"));
    }

    private static async Task<HttpResponseMessage> SaveAsync(TestClient desk, params (string, string)[] values) =>
        await desk.SubmitAsync(await desk.PageAsync("/admin/programs/edit"), "form#program", values);

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> RefusedAsync(TestClient desk, string sentence, params (string, string)[] values)
    {
        using var answer = await SaveAsync(desk, values);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());
        Assert.Contains(sentence, page.QuerySelector(".errors")!.TextContent);
        return page;
    }
}
