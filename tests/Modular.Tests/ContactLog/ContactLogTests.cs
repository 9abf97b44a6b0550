using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Sdk;
using Modular.Tests.Attachments;
using Modular.Tests.Harness;
using Modular.Tests.Patients;

namespace Modular.Tests.ContactLog;

/// <summary>Whom the practice called or wrote to, about records of any module.</summary>
public sealed class ContactLogTests(SharedHost shared)
{
    private const string Form = "form[action='/contact-log/write']";

    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_call_is_noted_on_the_page_of_its_record_waits_on_the_list_and_is_followed_up_by_the_next_one()
    {
        var on = await new ReferralFiles(Host).PlantAsync();
        var about = $"Answer {PatientRows.Tag()}";
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        var link = (await nurse.PageAsync(on.Page)).QuerySelector("#contact-log header a")!.GetAttribute("href")!;

        var noted = await NoteAsync(nurse, link, ("Form.Whom", "Dana at the desk"), ("Form.About", about), ("Form.Outcome", "left-message"), ("Form.Reference", "R-77"),
            ("Form.NextOn", "t"), ("Form.Next", "Call again"));

        Assert.Equal((HttpStatusCode.Redirect, on.Page), (noted.StatusCode, noted.Headers.Location!.ToString()));
        Assert.Contains($"{about}, left message", Panel(await nurse.PageAsync(on.Page)), StringComparison.Ordinal);
        var row = (await nurse.PageAsync($"/contact-log?show=due&q={about}")).QuerySelector("table tbody tr")!;
        Assert.Contains("Referral of Vale, Ada to Dr. New", row.TextContent, StringComparison.Ordinal);
        var note = row.QuerySelector("a[data-drawer]")!.GetAttribute("href")!;
        Assert.Contains("R-77", (await nurse.PageAsync(note)).Body!.TextContent, StringComparison.Ordinal);

        var next = await nurse.PageAsync($"/contact-log/write?after={note.Split('/')[^1]}");
        Assert.Equal(["Dana at the desk", about, "R-77"], new[] { "Whom", "About", "Reference" }.Select(f => next.QuerySelector($"[name='Form.{f}']")!.GetAttribute("value")));
        Assert.Equal(HttpStatusCode.Redirect, (await nurse.SubmitAsync(next, Form, ("Form.Outcome", "settled"))).StatusCode);
        Assert.Null((await nurse.PageAsync($"/contact-log?q={about}")).QuerySelector("table tbody tr a"));
        Assert.Equal(2, (await nurse.PageAsync($"/contact-log?show=all&q={about}")).QuerySelectorAll("table tbody tr").Length);
        Assert.True(await Host.North.AskAsync<long>($"select count(*) from audit.entries where log = 'access' and what = 'contact log' and '{on.Patient}' = any(patient_ids)") > 0);
    }

    [Fact]
    public async Task One_note_is_about_many_records_that_were_chosen_in_a_list()
    {
        var (one, two, other) = (await new ReferralFiles(Host).PlantAsync(), await new ReferralFiles(Host).PlantAsync(), await new ReferralFiles(Host).PlantAsync());
        var about = $"Ten referrals {PatientRows.Tag()}";
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        var list = await nurse.PageAsync(one.Page);
        var token = list.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var form = await nurse.Http.PostAsync($"/contact-log/write/{ReferralFiles.Kind}", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), .. new[] { one.Row, two.Row, Guid.NewGuid() }.Select(id => KeyValuePair.Create("id", id.ToString()))]));
        var page = await TestClient.ParseAsync(await form.Content.ReadAsStringAsync());
        Assert.Equal(2, page.QuerySelectorAll("input[name=about]").Length);
        Assert.Equal(HttpStatusCode.Redirect, (await nurse.SubmitAsync(page, Form, ("Form.Whom", "Harbor Cardiology"), ("Form.About", about))).StatusCode);

        Assert.Contains(about, Panel(await nurse.PageAsync(one.Page)), StringComparison.Ordinal);
        Assert.Contains(about, Panel(await nurse.PageAsync(two.Page)), StringComparison.Ordinal);
        Assert.DoesNotContain(about, Panel(await nurse.PageAsync(other.Page)), StringComparison.Ordinal);
        Assert.Contains("and 1 more", (await nurse.PageAsync($"/contact-log?show=all&q={about}")).QuerySelector("table tbody tr")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_is_not_there_for_whoever_does_not_see_each_of_its_records()
    {
        await using var rows = new PatientRows(Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Ida", new(1948, 1, 5));
        var (on, about) = (await new ReferralFiles(Host).PlantAsync(patient.Id), $"Quiet {PatientRows.Tag()}");
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        await NoteAsync(nurse, $"/contact-log/write?kind={ReferralFiles.Kind}&row={on.Row}", ("Form.Whom", "Dana"), ("Form.About", about), ("Form.NextOn", "t"));
        var note = $"/contact-log/{await Host.North.AskAsync<Guid>($"select id from core.contact_notes where about = '{about}'")}";
        using var lake = await Host.SignInAsync(Host.North, Roles.Nurse, [TestHost.NorthLake]);
        using var hr = await Host.SignInAsync(Host.North, Roles.Hr);

        foreach (var person in new[] { lake, hr })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync(note)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync($"/contact-log/write?after={note.Split('/')[^1]}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync($"/contact-log/write?kind={ReferralFiles.Kind}&row={on.Row}")).StatusCode);
            Assert.Empty((await person.PageAsync($"/contact-log?q={about}")).QuerySelectorAll("table tbody tr a"));
        }

        await Host.North.AskAsync<Guid>($"update patients.patients set restricted = true where id = '{patient.Id}' returning id");
        Host.ForgetCharts(Host.North);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        Assert.Empty((await desk.PageAsync($"/contact-log?q={about}")).QuerySelectorAll("table tbody tr a"));
        Assert.Empty((await nurse.PageAsync($"/contact-log?q={about}")).QuerySelectorAll("table tbody tr a"));
        Assert.StartsWith($"/patients/charts/{patient.Id}/unlock", (await nurse.GetAsync(note)).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith($"/patients/charts/{patient.Id}/unlock", (await nurse.GetAsync(on.Files)).Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_follow_up_is_in_the_inbox_of_who_follows_up_and_counted_in_the_rail_until_it_is_done()
    {
        await using var rows = new PatientRows(Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Ida", new(1948, 1, 5));
        var (on, other) = (await new ReferralFiles(Host).PlantAsync(patient.Id), await new ReferralFiles(Host).PlantAsync());
        var whom = $"Dana {PatientRows.Tag()}";
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        await NoteAsync(nurse, $"/contact-log/write?kind={ReferralFiles.Kind}&row={on.Row}", ("Form.Whom", whom), ("Form.About", "Report"), ("Form.NextOn", "t"), ("Form.Next", "Ask again"));
        var note = $"/contact-log/{await Host.North.AskAsync<Guid>($"select id from core.contact_notes where whom = '{whom}'")}";

        Assert.True(await CountAsync(nurse) > 0); // others note things to be followed up at the same time
        Assert.Equal(note, (await nurse.PageAsync($"/inbox?q={whom}")).QuerySelectorAll("tbody tr a").Single(a => a.TextContent.Contains("Ask again", StringComparison.Ordinal)).GetAttribute("href"));
        Assert.Empty((await desk.PageAsync($"/inbox?view=all&q={whom}")).QuerySelectorAll("tbody tr a"));
        await desk.SubmitAsync(await desk.PageAsync(note), $"form[action='{note}/take']");
        Assert.Empty((await nurse.PageAsync($"/inbox?q={whom}")).QuerySelectorAll("tbody tr a"));
        Assert.NotEmpty((await desk.PageAsync($"/inbox?q={whom}")).QuerySelectorAll("tbody tr a"));

        // A chart that was shut since hides the task; of several records the task names none.
        await Host.North.AskAsync<Guid>($"update patients.patients set restricted = true where id = '{patient.Id}' returning id");
        Host.ForgetCharts(Host.North);
        Assert.Empty((await desk.PageAsync($"/inbox?q={whom}")).QuerySelectorAll("tbody tr a"));
        await Host.North.AskAsync<Guid>($"update patients.patients set restricted = false where id = '{patient.Id}' returning id");
        Host.ForgetCharts(Host.North);
        var many = $"Both {PatientRows.Tag()}";
        var form = await nurse.PageAsync($"/contact-log/write?kind={ReferralFiles.Kind}&row={on.Row}");
        form.QuerySelector(Form)!.InnerHtml += $"<input type=hidden name=about value='{ReferralFiles.Kind}:{other.Row}'>";
        await nurse.SubmitAsync(form, Form, ("Form.Whom", many), ("Form.About", many), ("Form.NextOn", "t"));
        Assert.Equal("Follow up a note of the contact log", await Host.North.AskAsync<string>(
            $"select t.title from core.tasks t join core.contact_notes n on n.id = t.entity_id where n.about = '{many}'"));

        await desk.SubmitAsync(await desk.PageAsync(note), $"form[action='{note}/done']");
        Assert.Empty((await desk.PageAsync($"/inbox?q={whom}")).QuerySelectorAll("tbody tr a"));
    }

    private static async Task<int> CountAsync(TestClient person) =>
        int.TryParse((await person.PageAsync("/account")).QuerySelector("a[href='/contact-log'] .count")?.FirstChild?.TextContent, out var count) ? count : 0;

    [Fact]
    public async Task What_is_missing_is_said_beside_its_field_and_nothing_is_kept()
    {
        var on = await new ReferralFiles(Host).PlantAsync();
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        var write = $"/contact-log/write?kind={ReferralFiles.Kind}&row={on.Row}";

        var refused = await NoteAsync(nurse, write, ("Form.Next", "Call again"), ("Form.Way", "pigeon"));
        var without = await nurse.SubmitAsync(await nurse.PageAsync(write), Form, ("about", $"{ReferralFiles.Kind}:{Guid.NewGuid()}"), ("Form.Whom", "Dana"), ("Form.About", "x"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (refused.StatusCode, without.StatusCode));
        var page = (await TestClient.ParseAsync(await refused.Content.ReadAsStringAsync())).Body!.TextContent;
        Assert.Contains("Type the person or office.", page, StringComparison.Ordinal);
        Assert.Contains("Type the day by which to do it.", page, StringComparison.Ordinal);
        Assert.Contains("Choose at least one record", await without.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0L, await Host.North.AskAsync<long>($"select count(*) from core.contact_subjects where row_id = '{on.Row}'"));
    }

    [Fact]
    public async Task A_message_of_a_caller_stands_in_the_log_and_keeps_its_own_page()
    {
        await using var rows = new PatientRows(Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Ola", new(1948, 1, 5));
        var caller = $"Caller {PatientRows.Tag()}";
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        var write = await nurse.PageAsync($"/patients/phone-messages/write?patient={patient.Id}");
        await nurse.SubmitAsync(write, "form[action='/patients/phone-messages/write']", ("Caller", caller), ("Reason", "Refill"), ("ToRole", "nurse"), ("Urgency", "now"));

        var link = (await nurse.PageAsync($"/contact-log?q={caller}")).QuerySelectorAll("table tbody tr a").Single(a => a.TextContent == "Refill").GetAttribute("href")!;
        Assert.StartsWith("/patients/phone-messages/", link, StringComparison.Ordinal);
        Assert.Contains("Refill, received", Panel(await nurse.PageAsync($"/patients/charts/{patient.Id}")), StringComparison.Ordinal);
        var id = await Host.North.AskAsync<Guid>($"select id from core.contact_notes where whom = '{caller}'");
        Assert.Equal(link, (await nurse.GetAsync($"/contact-log/{id}")).Headers.Location!.ToString());

        await nurse.SubmitAsync(await nurse.PageAsync(link), $"form[action='{link}']", ("Text", "Called back"), ("does", "close"));
        Assert.Equal("settled", await Host.North.AskAsync<string>($"select outcome from core.contact_notes where id = '{id}' and next_on is null"));
    }

    [Fact]
    public async Task A_patient_who_was_merged_keeps_their_notes_and_is_handed_out_with_them()
    {
        await using var rows = new PatientRows(Host);
        var (kept, gone) = (await rows.AddAsync(PatientRows.Tag(), "Una", new(1948, 1, 5)), await rows.AddAsync(PatientRows.Tag(), "Una", new(1948, 1, 5)));
        var about = $"Moved {PatientRows.Tag()}";
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        await NoteAsync(nurse, $"/contact-log/write?kind=patients.patient&row={gone.Id}", ("Form.Whom", "Dana"), ("Form.About", about));
        await using var scope = Host.Scope(Host.North);
        var records = scope.ServiceProvider.GetRequiredService<IPatientRecords>();

        var merge = await records.MergeAsync(kept.Id, gone.Id, "one person");
        Assert.Contains(about, Panel(await nurse.PageAsync($"/patients/charts/{kept.Id}")), StringComparison.Ordinal);
        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from core.patient_record('{kept.Id}') where table_name = 'contact_notes' and body->>'about' = '{about}'"));

        await records.UndoMergeAsync(merge.Id);
        Assert.Equal(gone.Id, await Host.North.AskAsync<Guid>($"select row_id from core.contact_subjects s join core.contact_notes n on n.id = s.note_id where n.about = '{about}'"));
        // As erasure does: a note about nobody any more goes with the last line.
        await Host.North.AskAsync<Guid>($"delete from core.contact_subjects where patient_id = '{gone.Id}' returning id");
        Assert.Equal(0L, await Host.North.AskAsync<long>($"select count(*) from core.contact_notes where about = '{about}'"));
    }

    private static string Panel(AngleSharp.Html.Dom.IHtmlDocument page) => page.QuerySelector("#contact-log")!.TextContent;

    private static async Task<HttpResponseMessage> NoteAsync(TestClient person, string write, params (string, string)[] typed) =>
        await person.SubmitAsync(await person.PageAsync(write), Form, typed);
}
