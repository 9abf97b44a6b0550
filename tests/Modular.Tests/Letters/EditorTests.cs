using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Letters;

/// <summary>The pages on which a practice changes its letters. Each test has a letter and language of its own.</summary>
public sealed class EditorTests(SharedHost shared)
{
    private const string Referral = "/admin/letters/edit/referrals.referral-letter/en";

    private TestHost Host => shared.Host;

    [Fact]
    public async Task Words_that_the_letter_does_not_know_are_named_beside_the_field_and_nothing_is_kept()
    {
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        var page = await manager.PageAsync(Referral);
        Assert.Contains("{{ patient.name }}", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        var refused = await manager.SubmitAsync(page, "form.form", ("Form.Text", "<p>{{ patient.nmae }}</p>\n<p>{{ zip }}</p>"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var again = await TestClient.ParseAsync(await refused.Content.ReadAsStringAsync());
        Assert.Equal("Line 1, column 7: “patient.nmae” is no word of this letter. Line 2, column 7: “zip” is no word of this letter.",
            again.QuerySelector(".field .error")!.TextContent);
        Assert.Contains("patient.nmae", again.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0L, await Host.North.AskAsync<long>("select count(*) from core.letter_texts where kind = 'referrals.referral-letter' and language = 'en'"));
    }

    [Fact]
    public async Task A_text_is_kept_changed_taken_back_and_replaced_by_the_standard_one()
    {
        const string edit = "/admin/letters/edit/referrals.referral-letter/es", versions = "/admin/letters/versions/referrals.referral-letter/es";
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        Assert.Contains("never changed", (await manager.PageAsync(versions)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await KeepAsync("<p>Primero</p>");
        await KeepAsync("<p>Primero</p>\n<p>{{ patient.name }}</p>");
        var page = await manager.PageAsync(versions);
        Assert.Equal(["Same|<p>Primero</p>", "Added|<p>{{ patient.name }}</p>"], page.QuerySelectorAll("#changes [role=listitem]")
            .Select(r => string.Join('|', r.Children.Select(c => c.TextContent.Trim()))));

        await manager.SubmitAsync(page, "td form");
        Assert.Equal("<p>Primero</p>", (await manager.PageAsync(edit)).QuerySelector("textarea")!.TextContent.Trim());
        await manager.SubmitAsync(await manager.PageAsync(versions), "footer form");
        Assert.Contains("Remisión", (await manager.PageAsync(edit)).QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(4L, await Host.North.AskAsync<long>("select count(*) from core.letter_texts where kind = 'referrals.referral-letter' and language = 'es'"));

        async Task KeepAsync(string text)
        {
            var saved = await manager.SubmitAsync(await manager.PageAsync(edit), "form.form", ("Form.Text", text));
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        }
    }

    [Fact]
    public async Task The_second_of_two_sees_the_words_of_the_first_before_theirs_are_kept()
    {
        const string edit = "/admin/letters/edit/patients.records-letter/es";
        using var first = await Host.SignInAsync(Host.North, Roles.Manager);
        using var second = await Host.SignInAsync(Host.North, Roles.Manager);
        var (one, other) = (await first.PageAsync(edit), await second.PageAsync(edit));
        await first.SubmitAsync(one, "form.form", ("Form.Text", "<p>Uno</p>"));

        var late = await second.SubmitAsync(other, "form.form", ("Form.Text", "<p>Dos</p>"));

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var page = await TestClient.ParseAsync(await late.Content.ReadAsStringAsync(), new Uri(second.Http.BaseAddress!, edit).AbsoluteUri);
        Assert.Contains("Somebody else saved this text while you typed", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Taken out", "Added"], page.QuerySelectorAll("#changes .tag").Select(t => t.TextContent.Trim()));
        Assert.Equal("<p>Dos</p>", page.QuerySelector("textarea")!.TextContent.Trim());
        Assert.Equal("<p>Uno</p>", await KeptAsync());

        Assert.Equal(HttpStatusCode.Redirect, (await second.SubmitAsync(page, "form.form")).StatusCode);
        Assert.Equal("<p>Dos</p>", await KeptAsync());
        await second.SubmitAsync(await second.PageAsync("/admin/letters/versions/patients.records-letter/es"), "footer form");

        Task<string> KeptAsync() =>
            Host.North.AskAsync<string>("select text from core.letter_texts where kind = 'patients.records-letter' and language = 'es' order by number desc limit 1");
    }

    [Fact]
    public async Task A_text_is_looked_at_and_printed_before_it_is_kept()
    {
        const string path = "scheduling.work-note/es";
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        var page = await manager.PageAsync("/admin/letters/edit/" + path);

        var preview = await PostAsync("/admin/letters/preview/" + path, "<h2>Hola {{ patient.name }}</h2><script>x</script>");
        var wrong = await PostAsync("/admin/letters/preview/" + path, "{{ zip }}");
        var print = await PostAsync("/admin/letters/print/" + path + "?pdf=1", "<h2>Hola {{ patient.name }}</h2>");
        var unknown = await manager.SubmitAsync(
            await FormAtAsync("/admin/letters/preview/" + path), "form", ("Form.Text", "<p>x</p>"), ("Form.Record", $"{Guid.CreateVersion7()}"));

        var shown = await TestClient.ParseAsync(await preview.Content.ReadAsStringAsync());
        Assert.Equal("Hola Ana Rivera", shown.QuerySelector("article h2")!.TextContent);
        Assert.Equal("North Clinic", shown.QuerySelector("article header h1")!.TextContent);
        Assert.Contains("Letters have no <script>. It is left out.", shown.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("“zip” is no word of this letter.", (await TestClient.ParseAsync(await wrong.Content.ReadAsStringAsync())).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("application/pdf", print.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Hola", Assert.Single(PdfText.Pages(await print.Content.ReadAsByteArrayAsync())).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(0L, await Host.North.AskAsync<long>("select count(*) from core.letter_texts where kind = 'scheduling.work-note' and language = 'es'"));

        async Task<HttpResponseMessage> PostAsync(string to, string text) => await manager.SubmitAsync(await FormAtAsync(to), "form", ("Form.Text", text));

        Task<IHtmlDocument> FormAtAsync(string to) => TestClient.ParseAsync(
            $"<form action='{to}' method='post'><input name='__RequestVerificationToken' value='{page.QuerySelector<IHtmlInputElement>("form.form input[name=__RequestVerificationToken]")!.Value}'></form>");
    }

    [Fact]
    public async Task The_practices_own_letterhead_stands_over_its_letters_in_that_language_and_a_wrong_one_over_none()
    {
        using var manager = await Host.SignInAsync(Host.South, Roles.Manager);
        var edit = await manager.PageAsync("/admin/letters/edit/core.letterhead/es");

        await manager.SubmitAsync(edit, "form.form", ("Form.Text", "<h1>Clínica {{ practice }}</h1>"));

        var kind = Host.Letter("scheduling.work-note");
        Assert.StartsWith("<header><h1>Clínica South Clinic</h1></header>", await Host.WriteAsync(Host.South, kind, "es"), StringComparison.Ordinal);
        Assert.StartsWith("<header><h1>South Clinic</h1>", (await Host.WriteAsync(Host.South, kind, "en")).Replace("\n", ""), StringComparison.Ordinal);
        await manager.SubmitAsync(await manager.PageAsync("/admin/letters/versions/core.letterhead/es"), "footer form");
    }

    [Fact]
    public async Task Who_may_not_change_letters_does_not_see_the_pages_and_letters_of_no_module_have_none()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);

        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/admin/letters")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync(Referral)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync("/admin/letters/edit/scheduling.none/en")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync("/admin/letters/edit/scheduling.work-note/fr")).StatusCode);
        Assert.Contains("Work or school note", (await manager.PageAsync("/admin/letters")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
    }
}
