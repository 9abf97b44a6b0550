using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Acknowledgements;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Frame;
using Modular.Tests.Harness;

namespace Modular.Tests.Acknowledgements;

/// <summary>A module from outside the repository publishes documents of its own kind and asks whether they are signed.</summary>
public sealed class PluginDocumentTests(PanelsHost panels) : IClassFixture<PanelsHost>
{
    [Fact]
    public async Task A_plugin_publishes_asks_and_is_told_and_while_it_is_off_nobody_is_asked()
    {
        var (host, north) = (panels.Host, panels.Host.North);
        using var desk = await host.SignInAsync(north, Roles.FrontDesk);
        var nurse = await host.People.EnsureAsync(north, Roles.Nurse);
        using var reader = await host.SignInAsync(north, Roles.Nurse);
        Assert.Equal("version 1", await PublishAsync(desk, "a", "Feed the fish."));
        Assert.Equal("version 1", await PublishAsync(desk, "a", "Feed the fish."));
        Assert.Equal("not signed", await SignedAsync(desk, "a", nurse.Id));
        var asked = await north.AskAsync<Guid>($"select id from core.acknowledgements where person_id = '{nurse.Id}' and state = 'waiting'");

        using var signed = await Readers.SignAsync(reader, asked);

        Assert.Equal("signed", await SignedAsync(desk, "a", nurse.Id));
        Assert.Equal("version 2", await PublishAsync(desk, "a", "Feed the fish!", "An exclamation mark"));
        Assert.Equal("signed", await SignedAsync(desk, "a", nurse.Id));
        Assert.Equal("version 3", await PublishAsync(desk, "a", "Feed the fish twice."));
        Assert.Equal("not signed", await SignedAsync(desk, "a", nurse.Id));

        using var owner = await host.SignInAsync(north, Roles.Owner);
        await owner.SubmitAsync(await owner.PageAsync("/admin/modules/disable/panels"), "form[action='/admin/modules/disable/panels']");
        await north.UntilAsync("select count(*) from core.acknowledgements where state = 'waiting'", 1L);
        await LookAsync(host);
        Assert.Equal("released", await north.AskAsync<string>($"select state from core.acknowledgements where person_id = '{nurse.Id}' and number = 3"));
        Assert.Equal(0L, await north.AskAsync<long>("select count(*) from core.tasks where kind = 'acknowledgement'"));
        Assert.DoesNotContain("Rule a", (await owner.PageAsync("/acknowledgements/documents")).Body!.TextContent, StringComparison.Ordinal);
    }

    private static async Task LookAsync(TestHost host)
    {
        await using var scope = host.Scope(host.North);
        await scope.ServiceProvider.GetRequiredService<RequiredReaders>().AskAsync(null, default);
    }

    private static async Task<string> PublishAsync(TestClient desk, string key, string text, string? correction = null)
    {
        var token = (await desk.PageAsync("/account")).QuerySelector("meta[name=request-token]")!.GetAttribute("content")!;
        var fields = new List<KeyValuePair<string, string>> { new("__RequestVerificationToken", token), new("key", key), new("text", text) };
        if (correction is not null)
        {
            fields.Add(new("correction", correction));
        }

        using var answer = await desk.Http.PostAsync("/panels/rules/publish", new FormUrlEncodedContent(fields));
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<string> SignedAsync(TestClient desk, string key, Guid person) =>
        await (await desk.GetAsync($"/panels/rules/signed?key={key}&person={person}")).Content.ReadAsStringAsync();
}
