using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Contacts;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>A patient says what has changed; a clerk takes over what they tick; the record changes by its own rules.</summary>
public sealed class RegistrationUpdateTests(RegistrationUpdateTests.OwnHost own) : IClassFixture<RegistrationUpdateTests.OwnHost>
{
    /// <summary>Looks at public pages are counted by address, and others look at the shared host.</summary>
    public sealed class OwnHost : IAsyncLifetime
    {
        public TestHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    private static readonly DateOnly Born = new(1948, 1, 5);

    private TestHost Host => own.Host;

    [Fact]
    public async Task A_patient_answers_by_link_and_the_record_changes_once_a_clerk_ticked_what_to_take()
    {
        var form = await PublishAsync();
        await using var rows = new PatientRows(Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born, p => (p.MobilePhone, p.Language, p.Email) = ("5550100001", "en", "nora@example.org"));
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var home = Host.Client(Host.North);
        var address = await LinkAsync(desk, form, patient.Id);
        var page = await ProveAsync(home, address);
        Assert.DoesNotContain("0100001", page.Body!.InnerHtml, StringComparison.Ordinal); // who holds the link is told nothing of the record

        using var wrong = await home.SubmitAsync(page, "#fill-in", (await NameAsync(page, "Mobile phone"), "123"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("cannot be read", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var sent = await home.SubmitAsync(page, "#fill-in",
            (await NameAsync(page, "Mobile phone"), "555 010 0002"), (await NameAsync(page, "Language"), "es"), (await NameAsync(page, "E-mail"), "NORA@example.org "));
        Assert.StartsWith("/public/received", sent.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await home.GetAsync(address)).StatusCode);
        Assert.Equal("5550100001", (await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id)).MobilePhone);

        var answer = await Host.North.AskAsync<Guid>($"select id from core.form_answers where patient_id = '{patient.Id}' and state = 'waiting'");
        Assert.Contains(patient.LastName, (await desk.PageAsync("/forms/answers")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from core.tasks where link = '/forms/show-answer/{answer}'"));
        var review = await desk.PageAsync($"/forms/show-answer/{answer}");
        Assert.Contains("the same", review.QuerySelector("#review")!.TextContent, StringComparison.Ordinal); // the e-mail, but for its capitals
        using var taken = await desk.SubmitAsync(review, "#review");

        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        var now = await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id);
        Assert.Equal(("5550100002", "es", "nora@example.org"), (now.MobilePhone, now.Language, now.Email));
        Assert.Equal(0L, await Host.North.AskAsync<long>($"select count(*) from core.tasks where link = '/forms/show-answer/{answer}'"));
    }

    [Fact]
    public async Task What_was_not_ticked_and_what_was_left_empty_changes_nothing()
    {
        var form = await PublishAsync();
        await using var rows = new PatientRows(Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born, p => (p.MobilePhone, p.Email) = ("5550100001", "old@example.org"));
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var answer = await AnswerAsync(desk, form, patient.Id, ("Mobile phone", "555 010 0002"), ("E-mail", "new@example.org"), ("ZIP code", "44001-0120"));
        var review = await desk.PageAsync($"/forms/show-answer/{answer}");
        Assert.Contains("(555) 010-0001", review.QuerySelector("#review")!.TextContent, StringComparison.Ordinal);

        using var taken = await TakeAsync(desk, review, "mobile-phone", "zip");

        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        var now = await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id);
        Assert.Equal(("5550100002", "old@example.org", "440010120"), (now.MobilePhone, now.Email, now.Zip));
        Assert.Equal("reviewed", await Host.North.AskAsync<string>($"select state from core.form_answers where id = '{answer}'"));
        var shown = (await desk.PageAsync($"/forms/show-answer/{answer}")).Body!.TextContent;
        Assert.Contains("Mobile phone: (555) 010-0001 → (555) 010-0002", shown, StringComparison.Ordinal);
        // By the patients' own write: told to others, and in the history of the record.
        Assert.True(await Host.North.AskAsync<bool>($"select exists (select from audit.entries where row_id = '{patient.Id}' and what = 'changed')"));
    }

    [Fact]
    public async Task An_answer_that_the_record_cannot_hold_is_refused_beside_its_field_and_nothing_of_it_is_kept()
    {
        var form = await PublishAsync();
        await using var rows = new PatientRows(Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born, p => p.Email = "old@example.org");
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var answer = await AnswerAsync(desk, form, patient.Id, ("Mobile phone", "555 010 0002"), ("E-mail", "no address"));

        using var refused = await TakeAsync(desk, await desk.PageAsync($"/forms/show-answer/{answer}"), "email", "mobile-phone");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("id=\"email\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("class=\"error\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null((await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id)).MobilePhone);
        Assert.Equal("waiting", await Host.North.AskAsync<string>($"select state from core.form_answers where id = '{answer}'"));
    }

    [Fact]
    public async Task Of_two_reviewers_the_second_is_told_and_a_record_that_changed_meanwhile_is_shown_first()
    {
        var form = await PublishAsync();
        await using var rows = new PatientRows(Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born, p => p.Email = "old@example.org");
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        var answer = await AnswerAsync(desk, form, patient.Id, ("E-mail", "new@example.org"));
        var (one, two) = (await desk.PageAsync($"/forms/show-answer/{answer}"), await nurse.PageAsync($"/forms/show-answer/{answer}"));
        await desk.SubmitAsync(await desk.PageAsync($"/patients/charts/{patient.Id}/edit"), "form[data-guard]", ("Form.Email", "third@example.org"));

        using var stale = await TakeAsync(desk, one, "email");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.StatusCode);
        var again = await TestClient.ParseAsync(await stale.Content.ReadAsStringAsync(), one.Url);
        Assert.Contains("third@example.org", again.QuerySelector("#review")!.TextContent, StringComparison.Ordinal);
        using var taken = await TakeAsync(desk, again, "email");
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        using var late = await TakeAsync(nurse, two, "email");

        Assert.Contains("was quicker", (await nurse.PageAsync(late.Headers.Location!.ToString())).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("new@example.org", (await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id)).Email);
    }

    [Fact]
    public async Task Whoever_is_named_to_be_called_first_becomes_a_contact_and_the_others_come_after()
    {
        var form = await PublishAsync();
        await using var rows = new PatientRows(Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        rows.Db.Add(new Contact { PatientId = patient.Id, FirstName = "Old", LastName = "Friend", Phone = "5550100003", Emergency = 1, FromDate = new(2020, 1, 1) });
        await rows.Db.SaveChangesAsync();
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var first = await AnswerAsync(desk, form, patient.Id, ("First name of whom", "Iris"), ("Last name of whom", "Calder"), ("Phone of whom", "555 010 0004"));
        await TakeAsync(desk, await desk.PageAsync($"/forms/show-answer/{first}"), "emergency-first-name", "emergency-last-name", "emergency-phone");
        var second = await AnswerAsync(desk, form, patient.Id, ("Phone of whom", "555 010 0005"));
        await TakeAsync(desk, await desk.PageAsync($"/forms/show-answer/{second}"), "emergency-phone");

        var contacts = await rows.Db.Contacts.AsNoTracking().Where(c => c.PatientId == patient.Id).OrderBy(c => c.Emergency).ToListAsync();
        Assert.Equal([("Iris Calder", 1, "5550100005"), ("Old Friend", 2, "5550100003")], contacts.Select(c => (c.Name, c.Emergency!.Value, c.Phone!)));
    }

    [Fact]
    public async Task Consent_to_texts_does_not_go_over_to_a_new_number()
    {
        var form = await PublishAsync();
        await using var rows = new PatientRows(Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born,
            p => (p.MobilePhone, p.TextConsent, p.TextConsentOn) = ("5550100001", "yes", new(2026, 1, 1)));
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var answer = await AnswerAsync(desk, form, patient.Id, ("Mobile phone", "555 010 0002"));

        await TakeAsync(desk, await desk.PageAsync($"/forms/show-answer/{answer}"), "mobile-phone");

        Assert.Null((await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id)).TextConsent);
    }

    [Fact]
    public async Task What_a_patient_answered_is_shut_with_the_chart_and_goes_with_a_merge()
    {
        var form = await PublishAsync();
        await using var rows = new PatientRows(Host);
        var (kept, gone) = (await rows.AddAsync(PatientRows.Tag(), "Nora", Born), await rows.AddAsync(PatientRows.Tag(), "Nora", Born));
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        var answer = await AnswerAsync(desk, form, gone.Id, ("E-mail", "new@example.org"));
        await MergeAsync(kept.Id, gone.Id);
        Assert.Contains("new@example.org", (await desk.PageAsync($"/forms/show-answer/{answer}")).Body!.TextContent, StringComparison.Ordinal);
        await TakeAsync(desk, await desk.PageAsync($"/forms/show-answer/{answer}"), "email");
        Assert.Equal("new@example.org", (await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == kept.Id)).Email);

        await Host.North.AskAsync<Guid>($"update patients.patients set restricted = true where id = '{kept.Id}' returning id");
        Host.ForgetCharts(Host.North);
        using var shut = await manager.GetAsync($"/forms/show-answer/{answer}");
        Assert.Contains("/unlock", shut.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(kept.LastName, (await manager.PageAsync("/forms/answers?show=all")).Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task MergeAsync(Guid kept, Guid gone)
    {
        await using var scope = Host.Scope(Host.North);
        var records = (IPatientRecords)scope.ServiceProvider.GetService(typeof(IPatientRecords))!;
        await records.MergeAsync(kept, gone, "One person");
        await Host.North.AskAsync<Guid>($"update patients.patients set merged_into = '{kept}' where id = '{gone}' returning id");
    }

    /// <summary>A form with a question for each field, published at the pages.</summary>
    private async Task<Guid> PublishAsync()
    {
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        using var added = await manager.SubmitAsync(await manager.PageAsync("/forms/edit"), "form[data-guard]",
            ("Name", $"Update {PatientRows.Tag()}"), ("Kind", "patients.registration"), ("Fields", "true"));
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var id = Guid.Parse(added.Headers.Location!.ToString().Split('/')[^1]);
        using var published = await manager.SubmitAsync(await manager.PageAsync($"/forms/publish/{id}"), "form[data-guard]");
        Assert.Equal(HttpStatusCode.Redirect, published.StatusCode);
        return id;
    }

    private async Task<Guid> AnswerAsync(TestClient desk, Guid form, Guid patient, params (string Label, string Value)[] typed)
    {
        var page = await desk.PageAsync($"/forms/fill/{form}?record={patient}");
        var fields = new List<(string, string)>();
        foreach (var (label, value) in typed)
        {
            fields.Add((await NameAsync(page, label), value));
        }

        using var sent = await desk.SubmitAsync(page, "#fill-in", [.. fields]);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        return Guid.Parse(sent.Headers.Location!.ToString().Split('/')[^1]);
    }

    /// <summary>The name of the field whose label or legend begins so.</summary>
    private static Task<string> NameAsync(IHtmlDocument page, string label)
    {
        var caption = page.QuerySelectorAll("#questions label, #questions legend").First(l => l.TextContent.Trim().StartsWith(label, StringComparison.Ordinal));
        return Task.FromResult(caption.GetAttribute("for") ?? caption.ParentElement!.QuerySelector("input")!.GetAttribute("name")!);
    }

    private static async Task<HttpResponseMessage> TakeAsync(TestClient client, IHtmlDocument review, params string[] fields)
    {
        var form = (IHtmlFormElement)review.QuerySelector("#review")!;
        var posted = FormFields.Of(form).Where(f => f.Key != "take").Concat(fields.Select(f => new KeyValuePair<string, string>("take", f)));
        return await client.Http.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent(posted));
    }

    private static async Task<string> LinkAsync(TestClient desk, Guid form, Guid patient)
    {
        using var made = await desk.SubmitAsync(await desk.PageAsync($"/forms/record/patients.patient/{patient}"),
            $"form[action='/forms/record/link']:has(input[value='{form}'])");
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        return new Uri((await desk.PageAsync(made.Headers.Location!.ToString())).QuerySelector("#link")!.TextContent).AbsolutePath;
    }

    private static async Task<IHtmlDocument> ProveAsync(TestClient client, string address)
    {
        using var asked = await client.GetAsync(address);
        var question = await client.PageAsync(asked.Headers.Location!.ToString());
        using var proved = await client.SubmitAsync(question, "#prove", ("BirthDate", "1/5/1948"));
        return await client.PageAsync(proved.Headers.Location!.ToString());
    }
}
