using System.Net;
using Modular.Sdk;
using Modular.Tests.Frame;
using Modular.Tests.Harness;
using Modular.Tests.Queues;

namespace Modular.Tests.Letters;

/// <summary>A module from outside the repository has a letter of its own, which the practice words.</summary>
public sealed class PluginLetterTests(PanelsHost panels) : IClassFixture<PanelsHost>
{
    [Fact]
    public async Task A_plugin_s_letter_is_printed_in_both_languages_and_in_the_words_of_the_practice()
    {
        var chores = new ChoreRows(panels.Host);
        var slip = $"/panels/chores/{await chores.AddAsync("Feed <b>the</b> fish", due: 7)}/slip";
        using var desk = await chores.SignInAsync(Roles.FrontDesk);
        using var owner = await chores.SignInAsync(Roles.Owner);

        Assert.Equal("Feed <b>the</b> fish by Monday, June 8, 2026.", Words(await desk.PageAsync(slip)));
        Assert.Equal("Feed <b>the</b> fish hasta el lunes 8 de junio de 2026.", Words(await desk.PageAsync(slip + "?language=es")));
        using var pdf = await desk.GetAsync(slip + "?pdf=1");
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType!.MediaType);

        Assert.Contains("Chore slip", (await owner.PageAsync("/admin/letters")).Body!.TextContent, StringComparison.Ordinal);
        const string Editor = "/admin/letters/edit/panels.chore-slip/en";
        using var wrong = await owner.SubmitAsync(await owner.PageAsync(Editor), "form.form", ("Form.Text", "<p>{{ owner }}</p>"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var saved = await owner.SubmitAsync(await owner.PageAsync(Editor), "form.form", ("Form.Text", "<p>Please: {{ chore }}, {{ due | date: \"long\" }}</p>"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal("Please: Feed <b>the</b> fish, June 8, 2026", Words(await desk.PageAsync(slip)));
    }

    private static string Words(AngleSharp.Html.Dom.IHtmlDocument page) => page.QuerySelector(".letter p")!.TextContent.Trim();
}
