using System.Net;
using AngleSharp;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Modular.Host.Composition;
using Modular.Host.FirstRun;
using Modular.Host.PatientAccess;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;
using Npgsql;

namespace Modular.Tests.Harness;

/// <summary>
/// The real host on a port of its own, on a throw-away catalogue with two practices (north and south) in two databases,
/// with different zones. Slice tests speak to it through HTTP.
/// </summary>
public sealed class TestHost : IAsyncDisposable
{
    public static readonly Guid NorthMain = Guid.Parse("00000000-0000-7000-8000-000000000101");
    public static readonly Guid NorthLake = Guid.Parse("00000000-0000-7000-8000-000000000102");

    /// <summary>Shared by the hosts of one test run: they must agree on the master key.</summary>
    private static readonly string Data = Directory.CreateTempSubdirectory("modular-tests-").FullName;

    private readonly WebApplication app;

    /// <summary>It made its databases, and nobody else was told of them.</summary>
    private bool isAlone;

    private TestHost(WebApplication app, Uri address) => (this.app, Address, People) = (app, address, new(this));

    public TestPeople People { get; }

    public Uri Address { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>For a second host of the same practices: they stay when this host goes.</summary>
    public string Catalogue
    {
        get
        {
            isAlone = false;
            return Services.GetRequiredService<StartOptions>().Catalogue;
        }
    }

    public Practice North => Services.GetRequiredService<PracticeRegistry>().FindSlug("north")!;

    public Practice South => Services.GetRequiredService<PracticeRegistry>().FindSlug("south")!;

    /// <param name="catalogue">Another host process of the same catalogue when given; a fresh one otherwise.</param>
    public static async Task<TestHost> StartAsync(Action<WebApplicationBuilder>? adjust = null, string? catalogue = null, Func<StartOptions, StartOptions>? options = null)
    {
        var start = new StartOptions
        {
            Connection = await TestServer.ConnectionAsync(),
            Port = 0,
            Catalogue = catalogue ?? $"t{Guid.CreateVersion7():N}"[..20],
            ModulesDirectory = ModulesFolder(),
            SlotBudget = TimeSpan.FromSeconds(5),
            DataDirectory = Data,
        };
        var app = HostApp.Build(options?.Invoke(start) ?? start, builder =>
        {
            builder.Logging.AddProvider(LogCanary.Listen());
            adjust?.Invoke(builder);
        });
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var host = new TestHost(app, address);
        if (catalogue is null)
        {
            host.isAlone = true;
            await host.AddPracticesAsync();
        }

        await app.Services.GetRequiredService<NodeService>().Ready;
        return host;
    }

    private async Task AddPracticesAsync()
    {
        var maker = Services.GetRequiredService<PracticeMaker>();
        await maker.AddAsync(new("north", "North Clinic", "America/New_York", ["north.localhost"],
            [new(NorthMain, "Main Street", "America/New_York"), new(NorthLake, "Lakeside", "America/Chicago")]), default);
        // The same row ids on purpose: nothing of one practice may mean anything at the other.
        await maker.AddAsync(new("south", "South Clinic", "America/Los_Angeles", ["south.localhost"],
            [new(NorthMain, "Main Street", "America/Los_Angeles")]), default);
    }

    /// <summary>A browser-like client without script: cookies, redirects not followed.</summary>
    public TestClient Client(Practice practice) => new(Address, practice.Row.Slug + ".localhost");

    /// <summary>Somebody with the role preset, signed in through the real page. The person is made once per role and locations.</summary>
    public async Task<TestClient> SignInAsync(Practice practice, string rolePreset, Guid[]? locations = null)
    {
        var person = await People.EnsureAsync(practice, rolePreset, locations);
        var client = Client(practice);
        var response = await TestPeople.SignInAsync(client, person.UserName!);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return client;
    }

    /// <summary>After a test wrote past the modules which charts are restricted, which this process remembers for seconds.</summary>
    public void ForgetCharts(Practice practice) => Services.GetRequiredService<RestrictedCharts>().Forget(practice.Id);

    /// <summary>A scope as a message handler would have, for looking at the database.</summary>
    public AsyncServiceScope Scope(Practice practice) => Services.OpenScope(practice, Actor.System("test"));

    public static string ModulesFolder()
    {
        // tests/Modular.Tests/bin/Debug/net10.0 → host/bin/Debug/net10.0/modules
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName, "host", "bin", here.Parent.Name, "net10.0", "modules");
    }

    public async ValueTask DisposeAsync()
    {
        var (server, catalogue) = (Services.GetRequiredService<DatabaseServer>(), Services.GetRequiredService<StartOptions>().Catalogue);
        await app.StopAsync();
        await app.DisposeAsync();
        if (isAlone && TestServer.IsInMemory)
        {
            foreach (var database in await DatabasesAsync(catalogue))
            {
                await server.DropDatabaseAsync(database, default);
            }
        }
    }

    private static async Task<List<string>> DatabasesAsync(string catalogue)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(await TestServer.ConnectionAsync()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var find = new NpgsqlCommand("select datname from pg_database where starts_with(datname, $1)", connection) { Parameters = { new() { Value = catalogue } } };
        await using var found = await find.ExecuteReaderAsync();
        List<string> databases = [];
        while (await found.ReadAsync())
        {
            databases.Add(found.GetString(0));
        }

        return databases;
    }
}

/// <summary>Speaks to one practice of a <see cref="TestHost"/>.</summary>
public sealed class TestClient : IDisposable
{
    private readonly HttpClient http;

    public TestClient(Uri address, string hostName)
    {
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, CookieContainer = Cookies, UseCookies = true,
            // *.localhost is loopback; the handler connects there whatever the name resolver says.
            ConnectCallback = async (_, ct) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, address.Port, ct);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            }
        })
        { BaseAddress = new Uri($"http://{hostName}:{address.Port}") };
    }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http => http;

    public Task<HttpResponseMessage> GetAsync(string url) => http.GetAsync(url);

    /// <summary>Opens a page and parses it; fails with its text unless it is 200.</summary>
    public async Task<IHtmlDocument> PageAsync(string url)
    {
        var response = await http.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"GET {url} gave {(int)response.StatusCode}: {text[..Math.Min(text.Length, 600)]}");
        // A form without an address of its own posts to its page.
        return await ParseAsync(text, new Uri(http.BaseAddress!, url).AbsoluteUri);
    }

    /// <summary>Fills the page's form and posts it as a browser without script would, anti-forgery token included.</summary>
    /// <param name="form">CSS selector of the form.</param>
    public async Task<HttpResponseMessage> SubmitAsync(IHtmlDocument page, string form, params (string Name, string Value)[] values)
    {
        var element = (IHtmlFormElement)(page.QuerySelector(form) ?? throw new InvalidOperationException($"No form {form} in {page.Body?.TextContent}"));
        var fields = FormFields.Of(element);
        foreach (var (name, value) in values)
        {
            fields.RemoveAll(f => f.Key == name);
            fields.Add(new(name, value));
        }

        return await http.PostAsync(element.GetAttribute("action") is { Length: > 0 } action ? action : page.Url, new FormUrlEncodedContent(fields));
    }

    /// <summary>Leaves the desk by the button of the frame.</summary>
    /// <returns>The page that unlocks it.</returns>
    public async Task<IHtmlDocument> LockAsync(string on = "/")
    {
        using var locked = await SubmitAsync(await PageAsync(on), "form[action='/account/lock']");
        return await PageAsync(locked.Headers.Location!.ToString());
    }

    public static async Task<IHtmlDocument> ParseAsync(string html, string address = "about:blank") =>
        (IHtmlDocument)await BrowsingContext.New(Configuration.Default).OpenAsync(r => r.Content(html).Address(address));

    public void Dispose() => http.Dispose();
}

public static class FormFields
{
    public static List<KeyValuePair<string, string>> Of(IHtmlFormElement form)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var element in form.Elements)
        {
            var (name, value) = element switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => (null, null),
                IHtmlInputElement { Type: "submit" or "file" or "button" } => (null, null),
                IHtmlInputElement input => (input.Name, input.Value),
                IHtmlSelectElement select => (select.Name, select.Value),
                IHtmlTextAreaElement area => (area.Name, area.Value),
                _ => ((string?)null, (string?)null),
            };
            if (name is not null)
            {
                fields.Add(new(name, value ?? ""));
            }
        }

        return fields;
    }
}
