using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installed;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Imports;

/// <summary>The whole way through the pages, with the bus doing the work.</summary>
public sealed class ImportPageTests : IAsyncLifetime
{
    private TestHost host = null!;
    private TestClient client = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        host.Services.GetRequiredService<InstalledModules>().Core.Builder!.Import<RoomImport>();
        client = await host.SignInAsync(host.North, Roles.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_file_is_loaded_its_columns_confirmed_checked_imported_and_taken_back()
    {
        var columns = await Upload("Room number,Label,Floor\n1,Exam 1,=1+1\n2,bad,2\n");
        Assert.Equal("0", ((IHtmlSelectElement)columns.QuerySelector("#f-id")!).Value);
        Assert.Equal("", ((IHtmlSelectElement)columns.QuerySelector("#f-name")!).Value);
        Assert.Contains("Exam 1", (await Post(columns, "form[data-guard]", ("column[name]", "")).ContinueWith(t => t.Result.Content.ReadAsStringAsync()).Unwrap()));

        var posted = await Post(columns, "form[data-guard]", ("column[name]", "1"));
        var page = posted.Headers.Location!.ToString();
        var check = await Until(page, "form[action$='/run']");
        Assert.Contains("Import 1 rows", check.Body!.TextContent);
        Assert.Contains("Name: This is no name.", check.Body.TextContent);

        var refused = await (await client.GetAsync(page + "/refused")).Content.ReadAsStringAsync();
        Assert.Equal("\"Room number\",\"Label\",\"Floor\",\"error\"\r\n\"2\",\"bad\",\"2\",\"Name: This is no name.\"\r\n", refused);

        await Post(check, "form[action$='/run']");
        var done = await Until(page, "form[action$='/undo']");
        await Post(done, "form[action$='/undo']");
        Assert.Contains("Everything this file brought is gone again.", (await Until(page, ".note.ok")).Body!.TextContent);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_comes_back_with_the_sentence_beside_the_field()
    {
        var start = await client.PageAsync("/admin/imports");

        var response = await Send(start, "id,name\n1,\"never closed\n");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("In line 2 a quotation mark is opened and not closed", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Someone_without_the_kinds_own_permission_finds_nothing_to_load_and_no_file_of_others()
    {
        await Upload("id,name\n1,One\n");
        await using var scope = host.Person(host.North, Guid.CreateVersion7(), ["core.import.run"]);

        Assert.Empty(scope.ServiceProvider.GetRequiredService<Modular.Host.Imports.ImportKinds>().Mine);
        Assert.Null(scope.ServiceProvider.GetRequiredService<Modular.Host.Imports.ImportKinds>().Find("core.rooms"));
    }

    private async Task<IHtmlDocument> Upload(string text)
    {
        var response = await Send(await client.PageAsync("/admin/imports"), text);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        address = response.Headers.Location!.ToString();
        return await client.PageAsync(address);
    }

    private string address = "";

    private async Task<HttpResponseMessage> Send(IHtmlDocument page, string text)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in FormFields.Of((IHtmlFormElement)page.QuerySelector("form[action='/admin/imports/start']")!).Where(f => f.Key != "kind"))
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new StringContent("core.rooms"), "kind");
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "rooms.csv");
        return await client.Http.PostAsync("/admin/imports/start", form);
    }

    private async Task<HttpResponseMessage> Post(IHtmlDocument page, string selector, params (string, string)[] values)
    {
        var form = (IHtmlFormElement)page.QuerySelector(selector)!;
        var fields = FormFields.Of(form);
        foreach (var (name, value) in values)
        {
            fields.RemoveAll(f => f.Key == name);
            fields.Add(new(name, value));
        }

        return await client.Http.PostAsync(form.GetAttribute("action") is { Length: > 0 } action ? action : address, new FormUrlEncodedContent(fields));
    }

    /// <summary>Reloads the page until the job behind it got there.</summary>
    private async Task<IHtmlDocument> Until(string url, string selector)
    {
        for (var i = 0; i < 400; i++)
        {
            var page = await client.PageAsync(url);
            if (page.QuerySelector(selector) is not null)
            {
                return page;
            }
        }

        throw new InvalidOperationException($"{url} never showed {selector}.");
    }
}
