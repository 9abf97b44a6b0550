using System.Net;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Forms;

/// <summary>A form from its first question to the file of its answers, for a kind that a module from outside declares.</summary>
public sealed class FormJourneyTests(FormsHost forms) : IClassFixture<FormsHost>
{
    private const string Survey = "panels.survey";

    private TestHost Host => forms.Host;

    private Practice North => forms.North;

    [Fact]
    public async Task A_form_is_built_tried_published_and_answered_by_link_with_questions_that_depend_on_others()
    {
        using var manager = await Host.SignInAsync(North, Roles.Manager);
        using var desk = await Host.SignInAsync(North, Roles.FrontDesk);
        var form = await SmokingAsync(manager);
        var draft = await manager.PageAsync($"/forms/show/{form}");
        Assert.Contains("Only if “Do you smoke?” is Yes", draft.Body!.TextContent, StringComparison.Ordinal);
        using var early = await desk.GetAsync($"/forms/fill/{form}");
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);

        var preview = await manager.PageAsync($"/forms/preview/{form}");
        using var tried = await manager.SubmitAsync(preview, "#fill-in", ("answer-q1", "no"), ("answer-q3", "none"));
        Assert.Contains("This would be taken.", await tried.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0L, await North.AskAsync<long>($"select count(*) from core.form_answers where form_id = '{form}'"));

        await FormsHost.PublishAsync(manager, form);
        var address = await FormsHost.LinkAsync(desk, form);
        using var home = Host.Client(North);
        var page = await home.PageAsync(address);
        Assert.Null(page.QuerySelector("[name=answer-q2]"));
        using var first = await home.SubmitAsync(page, "#fill-in", ("answer-q1", "yes"), ("answer-q3", "a-lot"));
        var more = await FormsHost.AgainAsync(first, page);
        Assert.Contains("there are a few more questions", more.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(more.QuerySelector("p.error")); // what was not shown before is no fault
        Assert.NotNull(more.QuerySelector("[name=answer-q1][value=yes]")!.GetAttribute("checked"));
        using var empty = await home.SubmitAsync(more, "#fill-in");
        var still = await FormsHost.AgainAsync(empty, page);
        Assert.Equal("Please answer this question.", still.QuerySelector("p.error")!.TextContent);
        using var sent = await home.SubmitAsync(still, "#fill-in", ("answer-q2", "20"));
        Assert.StartsWith("/public/received", sent.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var again = await home.SubmitAsync(still, "#fill-in", ("answer-q2", "20"));
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);

        var answer = await North.AskAsync<Guid>($"select id from core.form_answers where form_id = '{form}' and state = 'waiting'");
        var shown = (await desk.PageAsync($"/forms/show-answer/{answer}")).Body!.TextContent;
        Assert.Contains("5 of 5", shown, StringComparison.Ordinal);
        Assert.Contains("Call a nurse", shown, StringComparison.Ordinal);
        Assert.Contains("20 a day", shown, StringComparison.Ordinal);
        var paper = await desk.GetAsync($"/forms/print/{answer}?pdf=1");
        Assert.Equal("application/pdf", paper.Content.Headers.ContentType!.MediaType);
        using var aside = await desk.SubmitAsync(await desk.PageAsync($"/forms/show-answer/{answer}"), $"form[action^='/forms/show-answer/{answer}/set-aside']", ("Why", "Sent twice"));
        Assert.Equal("set-aside Sent twice", await North.AskAsync<string>($"select state || ' ' || note from core.form_answers where id = '{answer}'"));
    }

    [Fact]
    public async Task A_published_version_never_changes_and_an_answer_stays_with_the_one_that_was_answered()
    {
        using var manager = await Host.SignInAsync(North, Roles.Manager);
        using var desk = await Host.SignInAsync(North, Roles.FrontDesk);
        var form = await SmokingAsync(manager);
        await FormsHost.PublishAsync(manager, form);
        var old = await desk.PageAsync($"/forms/fill/{form}");
        using var sent = await desk.SubmitAsync(old, "#fill-in", ("answer-q1", "no"), ("answer-q3", "none"));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);

        await FormsHost.SaveAsync(manager, $"/forms/edit-question/{form}/s1/q3", ("Label", "How often do you drink?"));
        using var silent = await manager.SubmitAsync(await manager.PageAsync($"/forms/publish/{form}"), "form[data-guard]");
        Assert.Contains("Say in a few words what changed.", await silent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await FormsHost.PublishAsync(manager, form, "Drinking is asked by how often");

        using var late = await desk.SubmitAsync(old, "#fill-in", ("answer-q1", "no"), ("answer-q3", "none"));
        var newer = await FormsHost.AgainAsync(late, old);
        Assert.Contains("Version 2 of this form was published meanwhile", newer.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("How often do you drink?", newer.Body!.TextContent, StringComparison.Ordinal);
        using var taken = await desk.SubmitAsync(newer, "#fill-in");
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);

        Assert.Equal(new[] { 1, 2 }, await North.AskAsync<int[]>($"select array(select number from core.form_answers where form_id = '{form}' order by number)"));
        var first = await North.AskAsync<Guid>($"select id from core.form_answers where form_id = '{form}' and number = 1");
        Assert.Contains("How much do you drink?", (await desk.PageAsync($"/forms/show-answer/{first}")).Body!.TextContent, StringComparison.Ordinal);
        await Refused($"update core.form_versions set body = '{{}}' where form_id = '{form}' returning id");
        await Refused($"update core.form_answers set answers = '{{}}' where id = '{first}' returning id");

        // The panels' own permission is none of the manager's.
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync($"/forms/answer-export/{form}?number=1")).StatusCode);
        using var owner = await Host.SignInAsync(North, Roles.Owner);
        using var file = await owner.GetAsync($"/forms/answer-export/{form}?number=1");
        var csv = await file.Content.ReadAsStringAsync();
        Assert.Contains("How much do you drink?", csv, StringComparison.Ordinal);
        Assert.Contains("\"About you, points\"", csv, StringComparison.Ordinal);
        Assert.Equal(2, csv.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task A_form_that_is_not_whole_is_not_published_and_says_why()
    {
        using var manager = await Host.SignInAsync(North, Roles.Manager);
        var form = await SmokingAsync(manager);
        using var removed = await manager.SubmitAsync(await manager.PageAsync($"/forms/show/{form}"), $"form[action='/forms/show/{form}/remove']:has(input[value=q1])");
        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);

        using var refused = await manager.SubmitAsync(await manager.PageAsync($"/forms/publish/{form}"), "form[data-guard]");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("depends on a question that does not stand before it", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await North.AskAsync<int>($"select current from core.forms where id = '{form}'"));
    }

    [Fact]
    public async Task Whoever_reads_Spanish_fills_it_in_in_Spanish_and_what_is_not_translated_is_told_before()
    {
        using var manager = await Host.SignInAsync(North, Roles.Manager);
        using var desk = await Host.SignInAsync(North, Roles.FrontDesk);
        var form = await SmokingAsync(manager);
        Assert.Contains("without Spanish", (await manager.PageAsync($"/forms/publish/{form}")).Body!.TextContent, StringComparison.Ordinal);
        await FormsHost.SaveAsync(manager, $"/forms/translate/{form}", ("Es[q1-label]", "¿Fuma?"), ("Es[s1-title]", "Sobre usted"), ("Es[q3-o-none]", "Nada"));
        await FormsHost.PublishAsync(manager, form);

        using var home = Host.Client(North);
        var page = await home.PageAsync($"{await FormsHost.LinkAsync(desk, form)}?lang=es");

        Assert.Equal("es", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("¿Fuma?", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sí", page.QuerySelector("fieldset")!.TextContent, StringComparison.Ordinal);
        var blank = await desk.PageAsync($"/forms/form-blank/{form}?language=es");
        Assert.Contains("Solo si su respuesta a «¿Fuma?» es Sí", blank.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("application/pdf", (await desk.GetAsync($"/forms/form-blank/{form}?language=es&pdf=1")).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_form_with_a_signature_is_signed_with_all_that_was_answered()
    {
        using var manager = await Host.SignInAsync(North, Roles.Manager);
        using var desk = await Host.SignInAsync(North, Roles.FrontDesk);
        var form = await FormsHost.AddAsync(manager, Survey);
        await FormsHost.AskAsync(manager, form, "Do you agree to the rules?", "yes-no", ("Required", "true"), ("Points", "1"));
        await FormsHost.AskAsync(manager, form, "What I said is true.", "signature");
        await FormsHost.PublishAsync(manager, form);
        var page = await desk.PageAsync($"/forms/fill/{form}");
        using var unsigned = await desk.SubmitAsync(page, "#fill-in", ("answer-q1", "yes"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsigned.StatusCode);

        using var signed = await desk.SubmitAsync(page, "#fill-in",
            ("answer-q1", "yes"), ("Signature.Name", "Ana Vale"), ("Signature.Relationship", "self"), ("Signature.Agreed", "true"));

        Assert.Equal(HttpStatusCode.Redirect, signed.StatusCode);
        var certificate = await North.AskAsync<Guid>($"select signature_id from core.form_answers where form_id = '{form}'");
        Assert.Equal("About you\nDo you agree to the rules?: Yes\nWhat I said is true.\n",
            await North.AskAsync<string>($"select convert_from(body, 'UTF8') from core.signatures where id = '{certificate}'"));
        Assert.Contains("Do you agree to the rules?: Yes", (await desk.PageAsync($"/signatures/{certificate}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_change_one_question_the_second_sees_both_and_a_new_question_disturbs_nobody()
    {
        using var one = await Host.SignInAsync(North, Roles.Manager);
        using var two = await Host.SignInAsync(North, Roles.Owner);
        var form = await SmokingAsync(one);
        var (mine, theirs) = (await one.PageAsync($"/forms/edit-question/{form}/s1/q1"), await two.PageAsync($"/forms/edit-question/{form}/s1/q1"));
        var added = await two.PageAsync($"/forms/edit-question/{form}/s1");
        using var saved = await one.SubmitAsync(mine, "form[data-guard]", ("Label", "Do you smoke at all?"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);

        using var conflict = await two.SubmitAsync(theirs, "form[data-guard]", ("Label", "Smoker?"));
        using var beside = await two.SubmitAsync(added, "form[data-guard]", ("Label", "Anything else?"), ("Kind", "long-text"));

        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Contains("Do you smoke at all?", await conflict.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, beside.StatusCode);
        Assert.Contains("Anything else?", (await one.PageAsync($"/forms/show/{form}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_form_opens_nothing_and_keeps_what_was_answered()
    {
        using var manager = await Host.SignInAsync(North, Roles.Manager);
        using var desk = await Host.SignInAsync(North, Roles.FrontDesk);
        var form = await SmokingAsync(manager);
        await FormsHost.PublishAsync(manager, form);
        var address = await FormsHost.LinkAsync(desk, form);
        using var home = Host.Client(North);
        var open = await home.PageAsync(address);
        await manager.SubmitAsync(await manager.PageAsync($"/forms/show/{form}"), $"form[action='/forms/show/{form}/withdraw']");

        using var late = await home.SubmitAsync(open, "#fill-in", ("answer-q1", "no"), ("answer-q3", "none"));

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.NotFound), (late.StatusCode, (await desk.GetAsync($"/forms/fill/{form}")).StatusCode));
        Assert.Equal("asked", await North.AskAsync<string>($"select state from core.form_answers where form_id = '{form}'"));
    }

    [Fact]
    public async Task A_link_is_for_one_form_and_junk_in_it_is_a_sentence()
    {
        using var manager = await Host.SignInAsync(North, Roles.Manager);
        using var desk = await Host.SignInAsync(North, Roles.FrontDesk);
        var form = await SmokingAsync(manager);
        await FormsHost.PublishAsync(manager, form);
        using var home = Host.Client(North);
        var page = await home.PageAsync(await FormsHost.LinkAsync(desk, form));

        using var junk = await home.SubmitAsync(page, "#fill-in", ("answer-q1", "<script>"), ("answer-q3", new('x', 5000)), ("shown", "q1,q3,q99"), ("number", "1"));
        var said = await junk.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, junk.StatusCode);
        Assert.DoesNotContain("<script>", said, StringComparison.Ordinal);
        using var wrongVersion = await home.SubmitAsync(page, "#fill-in", ("number", "99"), ("answer-q1", "no"), ("answer-q3", "none"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrongVersion.StatusCode);
        using var panel = await home.GetAsync(page.Url.Replace("/public/forms/", "/public/panels/pages/", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, panel.StatusCode);
        Assert.Equal(0L, await North.AskAsync<long>($"select count(*) from core.form_answers where form_id = '{form}' and answers is not null"));
    }

    private Task Refused(string sql) => Assert.ThrowsAsync<Npgsql.PostgresException>(() => North.AskAsync<Guid>(sql));

    /// <summary>Smokes or not, and how much, when yes; drinks.</summary>
    private static async Task<Guid> SmokingAsync(TestClient manager)
    {
        var form = await FormsHost.AddAsync(manager, Survey);
        await FormsHost.AskAsync(manager, form, "Do you smoke?", "yes-no", ("Required", "true"), ("Points", "2"));
        await FormsHost.AskAsync(manager, form, "How many?", "number", ("Required", "true"), ("Unit", "a day"), ("Least", "1"), ("Most", "200"), ("When", "q1=yes"));
        await FormsHost.AskAsync(manager, form, "How much do you drink?", "choice", ("Required", "true"), ("Choices", "None | 0\nA lot | 3"));
        return form;
    }
}
