using System.Net;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Retention;

/// <summary>
/// Records of a plugin whose time is over: proposed, reviewed, decided by another person, gone in batches, on a certificate. The same law as a
/// HIPAA document: six years from the last day in force (45 CFR 164.530(j)), here two.
/// </summary>
public sealed class DisposalTests : DisposalCase
{
    [Fact]
    public async Task What_is_over_goes_when_another_person_agrees_and_the_certificate_says_what_went()
    {
        var (old, older, open, young) = (await ChoreAsync("old", 3), await ChoreAsync("older", 5), await ChoreAsync("open", 5, done: false),
            await ChoreAsync("young", 1));
        var run = await ProposeAsync();
        var page = await Manager.PageAsync(run);
        Assert.Contains("could not be looked through (42703)", page.Body!.TextContent, StringComparison.Ordinal);
        var listed = await Manager.PageAsync(Records(run));
        Assert.Equal(["older", "old"], listed.QuerySelectorAll("tbody th").Select(c => c.TextContent.Trim()));
        using var silent = await Manager.SubmitAsync(page, $"form[action='{run}/ask']");
        Assert.Contains("Say why these records go", await silent.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await AskAsync(run);

        var request = await RequestAsync();
        var own = await Manager.GetAsync(request);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Contains("You asked for this yourself", await own.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(4L, await CountAsync());
        await DecideAsync(request, "approve");
        await StateAsync(run, "done");
        Assert.Equal([open, young], await LeftAsync(old, older, open, young));
        using var pdf = await Manager.GetAsync($"{run}/certificate?pdf=1");
        var text = string.Concat(PdfText.Pages(await pdf.Content.ReadAsByteArrayAsync()).Select(p => p.Text)).Replace(" ", "",
            StringComparison.Ordinal);
        Assert.Contains("Houserule7", text, StringComparison.Ordinal);
        Assert.Contains(await North.AskAsync<string>("select digest from core.disposal_runs"), text, StringComparison.Ordinal);
        Assert.Equal(0L, await North.AskAsync<long>("select count(*) from core.disposal_items where label is not null"));
        Assert.Equal(1L, await North.AskAsync<long>("select count(*) from core.progress where state = 'done' and done = 2"));
        Assert.Equal(1L, await North.AskAsync<long>("select count(*) from audit.entries where what like 'disposed of 2 records%'"));
        Assert.Contains("Disposed", await (await Manager.GetAsync($"{Records(run)}&format=csv")).Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_held_left_out_seen_again_or_referred_to_is_kept()
    {
        var person = (await Host.People.EnsureAsync(North, Roles.Nurse)).Id;
        var (held, theirs, left, again, tied, late, gone) = (await ChoreAsync("held", 3), await ChoreAsync("theirs", 3, owner: person),
            await ChoreAsync("left", 3),
            await ChoreAsync("again", 3), await ChoreAsync("tied", 3), await ChoreAsync("late", 3), await ChoreAsync("gone", 3));
        await North.AskAsync<int>($"create table panels.pins (chore_id uuid references panels.chores); insert into panels.pins values ('{tied}'); select 1");
        await HoldRecordAsync(held);
        using var onPerson = await Manager.SubmitAsync(await Manager.PageAsync("/retention/holds/add"), "form[data-guard]",
            ("Matter", "Audit"), ("Reason", "The board asks"), ("PersonId", $"{person}"));
        Assert.Equal(HttpStatusCode.Redirect, onPerson.StatusCode);
        var run = await ProposeAsync();
        var page = await Manager.PageAsync(run);
        Assert.Contains("2 records are over and on hold", page.Body!.TextContent, StringComparison.Ordinal);
        var item = await North.AskAsync<Guid>($"select id from core.disposal_items where record_id = '{left}'");
        using var out_ = await Manager.SubmitAsync(await Manager.PageAsync(Records(run)), "form#bulk", ("id", $"{item}"));
        Assert.Equal(HttpStatusCode.Redirect, out_.StatusCode);
        await AskAsync(run);
        await North.AskAsync<Guid>($"update panels.chores set due_on = current_date where id = '{again}' returning id");
        await HoldRecordAsync(late);

        await DecideAsync(await RequestAsync(), "approve");

        await StateAsync(run, "done");
        Assert.Equal(new[] { held, theirs, left, again, tied, late }.Order(), (await LeftAsync(held, theirs, left, again, tied, late, gone)).Order());
        Assert.Equal(3L, await North.AskAsync<long>("select count(*) from core.disposal_items where state = 'kept'"));
    }

    [Fact]
    public async Task A_hold_of_all_records_stops_a_kind_until_its_matter_is_released()
    {
        await ChoreAsync("held", 3);
        using var added = await Manager.SubmitAsync(await Manager.PageAsync("/retention/holds/add"), "form[data-guard]",
            ("Matter", "Vale v. house"), ("Reason", "The judge asks"), ("Kind", "panels.chore"));
        var first = await ProposeAsync();
        await Manager.SubmitAsync(await Manager.PageAsync(first), $"form[action='{first}/discard']");
        await StateAsync(first, "discarded");
        Assert.Equal(0L, await North.AskAsync<long>("select count(*) from core.disposal_items"));
        var hold = await North.AskAsync<Guid>("select id from core.retention_holds");
        using var released = await Manager.SubmitAsync(await Manager.PageAsync("/retention/holds"), "form#bulk", ("id", $"{hold}"), ("why",
            "Settled"), ("whole", "true"));

        await ProposeAsync();

        Assert.Equal(1L, await North.AskAsync<long>("select count(*) from core.disposal_items"));
        Assert.Equal("Settled", await North.AskAsync<string>("select released_why from core.retention_holds"));
    }

    [Fact]
    public async Task Of_two_who_propose_at_once_there_is_one_run_a_rejection_opens_it_again_and_a_module_that_is_off_is_in_it()
    {
        var old = await ChoreAsync("old", 3);
        await Owner.SubmitAsync(await Owner.PageAsync("/admin/modules/disable/panels"), "form[action='/admin/modules/disable/panels']");
        var pages = new[] { await Manager.PageAsync("/retention"), await Owner.PageAsync("/retention") };
        var answers = await Task.WhenAll(
            Manager.SubmitAsync(pages[0], "form[action='/retention/propose']"), Owner.SubmitAsync(pages[1], "form[action='/retention/propose']"));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Equal(1L, await North.AskAsync<long>("select count(*) from core.disposal_runs"));
        var run = $"/retention/runs/{await North.AskAsync<Guid>("select id from core.disposal_runs")}";
        await StateAsync(run, "review");
        await AskAsync(run);

        await DecideAsync(await RequestAsync(), "reject", "Wait for the auditor");

        await StateAsync(run, "review");
        Assert.Contains("Wait for the auditor", (await Manager.PageAsync(run)).Body!.TextContent, StringComparison.Ordinal);
        await AskAsync(run);
        await DecideAsync(await RequestAsync(), "approve");
        await StateAsync(run, "done");
        Assert.Empty(await LeftAsync(old));
    }

    [Fact]
    public async Task Whoever_may_not_manage_sees_no_page_and_moves_no_run()
    {
        await ChoreAsync("old", 3);
        var run = await ProposeAsync();
        using var desk = await Host.SignInAsync(North, Roles.FrontDesk);
        var form = await Manager.PageAsync(run);
        var token = (await desk.PageAsync("/account")).QuerySelector("meta[name=request-token]")!.GetAttribute("content")!;
        foreach (var page in new[] { "/retention", "/retention/runs", "/retention/holds" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync(page)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync(run)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync(Records(run))).StatusCode);
        using var asked = await desk.SubmitAsync(form, $"form[action='{run}/ask']", ("Why", "I want it"), ("__RequestVerificationToken", token));
        Assert.Equal(HttpStatusCode.Forbidden, asked.StatusCode);
        using var early = await Manager.GetAsync($"{run}/certificate");
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
    }

    [Fact]
    public async Task A_practice_keeps_records_longer_than_the_rule_says_and_never_shorter()
    {
        var (older, old) = (await ChoreAsync("older", 6), await ChoreAsync("old", 3));
        const string Term = "/retention/terms/panels.chore";
        foreach (var (years, why, sentence) in new[]
            { ("1", "We are short of room", "never shorter"), ("101", "For ever", "at most 100"), ("4", "no", "at least three letters") })
        {
            using var refused = await Manager.SubmitAsync(await Manager.PageAsync(Term), "form[data-guard]", ("Years", years), ("Reason", why));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(sentence, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var nurse = await Host.SignInAsync(North, Roles.Nurse);
        Assert.Equal(HttpStatusCode.Forbidden, (await nurse.GetAsync(Term)).StatusCode);
        var opened = await ProposeAsync(); // with both in it
        using var saved = await Manager.SubmitAsync(await Manager.PageAsync(Term), "form[data-guard]", ("Years", "4"), ("Reason", "Our insurer asks for it"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("4 years, set here; the rule says 2 years", (await Manager.PageAsync("/retention")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1L, await North.AskAsync<long>("""
            select count(*) from audit.entries e join audit.entry_values d on d.entry_id = e.id where e.table_name = 'retention_terms' and d.body::text like '%Our insurer%'
            """));

        await AskAsync(opened);
        await DecideAsync(await RequestAsync(), "approve");
        await StateAsync(opened, "done");
        Assert.Equal([old], await LeftAsync(older, old));

        // The rule again: it goes in the next run, judged by two years.
        using var again = await Manager.SubmitAsync(await Manager.PageAsync(Term), "form[data-guard]", ("Years", "2"), ("Reason", "Another insurer"));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Single((await Manager.PageAsync(Records(await ProposeAsync()))).QuerySelectorAll("tbody th"));
        Assert.Equal(2, await North.AskAsync<int>("select years from core.disposal_kinds k join core.disposal_runs r on r.id = k.run_id where kind = 'panels.chore' and r.state = 'review'"));
    }

    private Task<Guid> ChoreAsync(string text, int years, bool done = true, Guid? owner = null) => North.AskAsync<Guid>($"""
        insert into panels.chores (id, location_id, text, due_on, done, owner_id, owner)
        values (gen_random_uuid(), '{TestHost.NorthMain}', '{text}', current_date - interval '{years} years 1 day', {done},
            {(owner is { } o ? $"'{o}'" : "null")}, {(owner is null ? "null" : "'x'")}) returning id
        """);

    private async Task HoldRecordAsync(Guid chore)
    {
        var page = $"/retention/record/panels.chore/{chore}";
        using var held = await Manager.SubmitAsync(await Manager.PageAsync(page), $"form[action='{page}/hold']", ("Matter", "Lawsuit"), ("Reason",
            "It is evidence"));
        Assert.Equal(HttpStatusCode.Redirect, held.StatusCode);
    }

    private Task<long> CountAsync() => North.AskAsync<long>("select count(*) from panels.chores");

    private async Task<Guid[]> LeftAsync(params Guid[] asked)
    {
        var left = new List<Guid>();
        foreach (var id in asked)
        {
            if (await North.AskAsync<long>($"select count(*) from panels.chores where id = '{id}'") == 1)
            {
                left.Add(id);
            }
        }

        return [.. left];
    }
}
