using System.Net;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Forms;

/// <summary>Forms about the records of a module from outside the repository, on a host of their own: the module is turned off in the end.</summary>
public sealed class PluginFormTests(FormsHost forms) : IClassFixture<FormsHost>
{
    private TestHost Host => forms.Host;

    private Practice North => forms.North;

    [Fact]
    public async Task A_plugin_has_its_own_record_changed_and_its_forms_are_gone_while_it_is_off()
    {
        using var manager = await Host.SignInAsync(North, Roles.Manager);
        using var desk = await Host.SignInAsync(North, Roles.FrontDesk);
        var chore = await North.AskAsync<Guid>($"""
            insert into panels.chores (id, location_id, text, due_on) values (gen_random_uuid(), '{TestHost.NorthMain}', 'Water the fern', '2026-11-30') returning id
            """);
        var form = await FormsHost.AddAsync(manager, "panels.chore-check", fields: true);
        await FormsHost.PublishAsync(manager, form);
        using var filled = await desk.SubmitAsync(await desk.PageAsync($"/forms/fill/{form}?record={chore}"), "#fill-in", ("answer-q1", "Water the palm"));
        var answer = filled.Headers.Location!.ToString();
        var review = await desk.PageAsync(answer);
        Assert.Contains("Water the fern", review.QuerySelector("#review")!.TextContent, StringComparison.Ordinal);

        await desk.SubmitAsync(review, "#review");

        Assert.Equal("Water the palm", await North.AskAsync<string>($"select text from panels.chores where id = '{chore}'"));
        Assert.Equal("Text: Water the palm", await (await desk.GetAsync($"/panels/chores/{chore}/checks")).Content.ReadAsStringAsync());
        // A clerk of another place sees neither the chore nor what was said of it.
        using var lake = await Host.SignInAsync(North, Roles.Supplies, [TestHost.NorthLake]);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            ((await lake.GetAsync(answer)).StatusCode, (await lake.GetAsync($"/forms/fill/{form}?record={chore}")).StatusCode));

        using var owner = await Host.SignInAsync(North, Roles.Owner);
        await owner.SubmitAsync(await owner.PageAsync("/admin/modules/disable/panels"), "form[action='/admin/modules/disable/panels']");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await owner.GetAsync(answer)).StatusCode, (await owner.GetAsync($"/forms/show/{form}")).StatusCode));
    }
}
