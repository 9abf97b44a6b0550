using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Acknowledgements;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Acknowledgements;

/// <summary>A practice with people who have to read things, on a clock that tests move.</summary>
public sealed class Readers : IAsyncLifetime
{
    public TestClock Clock { get; } = new();

    public TestHost Host { get; private set; } = null!;

    public Practice North => Host.North;

    public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(Clock));

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>Adds a document at the page for one role and publishes its first version.</summary>
    /// <returns>Its id.</returns>
    public async Task<Guid> PublishAsync(TestClient manager, string role, string text, int days = 14)
    {
        var name = $"Policy {Guid.NewGuid():N}"[..16];
        using var added = await manager.SubmitAsync(await manager.PageAsync("/acknowledgements/edit"), "form[data-guard]",
            ("Name", name), ("Everybody", "false"), ("Roles", role), ("Days", $"{days}"));
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var id = Guid.Parse(added.Headers.Location!.ToString().Split('/')[^1]);
        using var published = await PublishAsync(manager, id, text);
        Assert.Equal(HttpStatusCode.Redirect, published.StatusCode);
        return id;
    }

    public static async Task<HttpResponseMessage> PublishAsync(
        TestClient manager, Guid id, string text, string? change = null, bool small = false, IHtmlDocument? page = null)
    {
        page ??= await manager.PageAsync($"/acknowledgements/publish/{id}");
        var fields = FormFields.Of((IHtmlFormElement)page.QuerySelector("form[data-guard]")!);
        fields.RemoveAll(f => f.Key is "Body" or "Change" or "Small");
        fields.AddRange([new("Body", text), new("Change", change ?? ""), new("Small", small ? "true" : "false")]);
        using var content = new MultipartFormDataContent();
        fields.ForEach(f => content.Add(new StringContent(f.Value), f.Key));
        return await manager.Http.PostAsync($"/acknowledgements/publish/{id}", content);
    }

    /// <summary>The row of a person who is asked now.</summary>
    public Task<Guid> AskedAsync(Guid document, Guid person, string state = "waiting") => North.AskAsync<Guid>(
        $"select id from core.acknowledgements where document_id = '{document}' and person_id = '{person}' and state = '{state}' order by number desc limit 1");

    public static async Task<HttpResponseMessage> SignAsync(TestClient reader, Guid asked, IHtmlDocument? page = null) =>
        await reader.SubmitAsync(page ?? await reader.PageAsync($"/my-reading/{asked}"), "#sign", ("Signature.Agreed", "true"));

    /// <summary>What the job does at six in the morning.</summary>
    public async Task LookAsync()
    {
        await using var scope = Host.Scope(North);
        await scope.ServiceProvider.GetRequiredService<RequiredReaders>().AskAsync(null, default);
    }

    /// <summary>Somebody of a role of their own, signed in.</summary>
    public async Task<(Guid Id, TestClient Client)> SomebodyAsync(params string[] roles)
    {
        var name = $"reader{Guid.NewGuid():N}"[..20];
        var person = await Host.People.AddAsync(North, name, roles);
        var client = Host.Client(North);
        await TestPeople.SignInAsync(client, name);
        return (person.Id, client);
    }
}
