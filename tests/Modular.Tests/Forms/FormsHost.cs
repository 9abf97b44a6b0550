using System.Net;
using AngleSharp.Html.Dom;
using Modular.Host.Practices;
using Modular.Tests.Harness;

namespace Modular.Tests.Forms;

/// <summary>A host of its own with the panels plugin alone, and the ways in which tests build forms at its pages.</summary>
public sealed class FormsHost : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("modular-forms-").FullName;

    public TestHost Host { get; private set; } = null!;

    public Practice North => Host.North;

    public async ValueTask InitializeAsync()
    {
        Plugins.Copy("panels", folder);
        Host = await TestHost.StartAsync(options: o => o with { ModulesDirectory = folder });
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>An empty form with one section, <c>s1</c>.</summary>
    public static async Task<Guid> AddAsync(TestClient manager, string kind, string? name = null, bool fields = false)
    {
        using var added = await manager.SubmitAsync(await manager.PageAsync("/forms/edit"), "form[data-guard]",
            ("Name", name ?? $"Form {Guid.NewGuid():N}"[..20]), ("Kind", kind), ("Fields", fields ? "true" : "false"));
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var id = Guid.Parse(added.Headers.Location!.ToString().Split('/')[^1]);
        if (!fields)
        {
            await SaveAsync(manager, $"/forms/edit-section/{id}", ("Title", "About you"), ("Bands", "0 to 2: Fine\n3 to 6: Call a nurse"));
        }

        return id;
    }

    public static Task AskAsync(TestClient manager, Guid form, string label, string kind, params (string, string)[] more) =>
        SaveAsync(manager, $"/forms/edit-question/{form}/s1", [("Label", label), ("Kind", kind), .. more]);

    public static async Task SaveAsync(TestClient manager, string address, params (string, string)[] typed)
    {
        using var saved = await manager.SubmitAsync(await manager.PageAsync(address), "form[data-guard]", typed);
        Assert.True(saved.StatusCode == HttpStatusCode.Redirect, $"{address}: {(int)saved.StatusCode} {await saved.Content.ReadAsStringAsync()}");
    }

    public static Task PublishAsync(TestClient manager, Guid form, string? change = null) =>
        SaveAsync(manager, $"/forms/publish/{form}", change is null ? [] : [("Change", change)]);

    public static async Task<string> LinkAsync(TestClient desk, Guid form, string on = "/forms/record")
    {
        using var made = await desk.SubmitAsync(await desk.PageAsync(on), $"form[action='/forms/record/link']:has(input[value='{form}'])");
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        return new Uri((await desk.PageAsync(made.Headers.Location!.ToString())).QuerySelector("#link")!.TextContent).AbsolutePath;
    }

    public static async Task<IHtmlDocument> AgainAsync(HttpResponseMessage answer, IHtmlDocument page)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync(), page.Url);
    }
}
