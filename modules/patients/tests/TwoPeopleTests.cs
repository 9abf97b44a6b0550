using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Contacts;
using Modular.Patients.Documents;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>Two people at one row: the later sees both versions, chooses field by field, and nothing is overwritten that was not seen.</summary>
public sealed class TwoPeopleTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1948, 1, 5);

    private static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage response) => await TestClient.ParseAsync(await response.Content.ReadAsStringAsync());

    [Fact]
    public async Task The_later_takes_one_field_of_the_other_and_keeps_one_of_their_own()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born, p => (p.City, p.PreferredChannel) = ("Salem", "home"));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        using var nurse = await shared.Host.SignInAsync(shared.Host.North, Roles.Nurse);
        var edit = $"/patients/charts/{patient.Id}/edit";
        var (first, second) = (await desk.PageAsync(edit), await nurse.PageAsync(edit));
        await desk.SubmitAsync(first, $"form[action='{edit}']", ("Form.City", "Lynn"), ("Form.PreferredChannel", "mail"));

        var late = await nurse.SubmitAsync(second, $"form[action='{edit}']", ("Form.City", "Saugus"), ("Form.PreferredChannel", "mobile"));

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var page = await ParseAsync(late);
        Assert.Contains("Test north.front-desk.all changed this patient after you opened the form.", page.QuerySelector(".errors")!.TextContent);
        // In the office's words, not as they are stored.
        Assert.Equal(["Lynn", "Saugus", "Letter", "Mobile phone"], page.QuerySelectorAll("#conflict td").Select(c => c.TextContent));
        Assert.Equal(HttpStatusCode.Redirect, (await nurse.SubmitAsync(page, $"form[action='{edit}']", ("Form.Theirs[City]", "true"))).StatusCode);
        var saved = await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id);
        Assert.Equal(("Lynn", "mobile"), (saved.City, saved.PreferredChannel));
    }

    [Fact]
    public async Task A_box_that_somebody_else_cleared_is_shown_and_not_ticked_again_unseen()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        var contact = new Contact { PatientId = patient.Id, FirstName = "Ana", LastName = "Ruiz", Relationship = "friend", Phone = "5550102233", MayDiscuss = true };
        rows.Db.Add(contact);
        await rows.Db.SaveChangesAsync();
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var edit = $"/patients/contacts/{patient.Id}/{contact.Id}/edit";
        var (first, second) = (await desk.PageAsync(edit), await desk.PageAsync(edit));
        await desk.SubmitAsync(first, $"form[action='{edit}']", ("Form.MayDiscuss", "false"));

        var page = await ParseAsync(await desk.SubmitAsync(second, $"form[action='{edit}']", ("Form.Phone", "(555) 010-4471")));

        var row = page.QuerySelectorAll("#conflict tbody tr").Single(r => r.QuerySelector("th")!.TextContent == "May be told about care and bills");
        Assert.Equal(["No", "Yes"], row.QuerySelectorAll("td").Select(c => c.TextContent));
        await desk.SubmitAsync(page, $"form[action='{edit}']", ("Form.Theirs[MayDiscuss]", "true"));
        var saved = await rows.Db.Contacts.AsNoTracking().SingleAsync(c => c.Id == contact.Id);
        Assert.Equal((false, "5550104471"), (saved.MayDiscuss, saved.Phone));
    }

    [Fact]
    public async Task A_refused_row_is_a_look_at_the_patient_all_the_same()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var add = $"/patients/contacts/{patient.Id}/add";
        var page = await desk.PageAsync(add);

        var refused = await desk.SubmitAsync(page, $"form[action='{add}']", ("Form.LastName", "Ruiz"), ("Form.Phone", "12"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(2L, await shared.Host.North.AskAsync<long>($"select count(*) from audit.entries where log = 'access' and what = 'contact' and '{patient.Id}' = any(patient_ids)"));
    }

    [Fact]
    public async Task What_was_chosen_stays_chosen_when_another_field_is_refused()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born, p => p.City = "Salem");
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var edit = $"/patients/charts/{patient.Id}/edit";
        var (first, second) = (await desk.PageAsync(edit), await desk.PageAsync(edit));
        await desk.SubmitAsync(first, $"form[action='{edit}']", ("Form.City", "Lynn"));
        var conflict = await ParseAsync(await desk.SubmitAsync(second, $"form[action='{edit}']", ("Form.City", "Saugus")));

        var refused = await desk.SubmitAsync(conflict, $"form[action='{edit}']", ("Form.Theirs[City]", "true"), ("Form.State", "Nowhere"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("Lynn", ((IHtmlInputElement)(await ParseAsync(refused)).QuerySelector("[name='Form.City']")!).Value);
    }

    [Fact]
    public async Task Of_two_who_change_a_document_the_later_sees_both_versions_and_keeps_what_was_typed()
    {
        await using var rows = new PatientRows(shared.Host);
        var (patient, document) = await DocumentAsync(rows);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var edit = $"/patients/documents/{patient.Id}/{document.Id}/edit";
        var (first, second) = (await desk.PageAsync(edit), await desk.PageAsync(edit));
        await desk.SubmitAsync(first, $"form[action='{edit}']", ("Form.Title", "Card, front"));

        var late = await desk.SubmitAsync(second, $"form[action='{edit}']", ("Form.Title", "Insurance card"));

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var page = await ParseAsync(late);
        Assert.Equal(["Card, front", "Insurance card"], page.QuerySelectorAll("#conflict td").Select(c => c.TextContent));
        Assert.Equal("Insurance card", ((IHtmlInputElement)page.QuerySelector("[name='Form.Title']")!).Value);
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitAsync(page, $"form[action='{edit}']")).StatusCode);
        Assert.Equal("Insurance card", (await rows.Db.Documents.AsNoTracking().SingleAsync(d => d.Id == document.Id)).Title);
    }

    [Fact]
    public async Task Of_eight_who_change_a_document_at_once_one_does_and_seven_are_told()
    {
        await using var rows = new PatientRows(shared.Host);
        var (patient, document) = await DocumentAsync(rows);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var edit = $"/patients/documents/{patient.Id}/{document.Id}/edit";
        var page = await desk.PageAsync(edit);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => desk.SubmitAsync(page, $"form[action='{edit}']", ("Form.Title", $"Title {i}"))));

        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.Redirect));
        Assert.Equal(7, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(2, (await rows.Db.Documents.AsNoTracking().SingleAsync(d => d.Id == document.Id)).Version);
    }

    [Fact]
    public async Task Of_eight_who_choose_a_care_team_at_once_nobody_meets_a_failure()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var edit = $"/patients/care-teams/{patient.Id}";
        var page = await desk.PageAsync(edit);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => desk.SubmitAsync(page, $"form[action='{edit}']", ("Form.PrimaryCare", $"Dr. {patient.LastName} {i}"))));

        Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict, $"{a.StatusCode}"));
    }

    [Fact]
    public async Task A_merge_that_two_take_back_comes_apart_once()
    {
        await using var rows = new PatientRows(shared.Host);
        var last = PatientRows.Tag();
        var (kept, gone) = (await rows.AddAsync(last, "Maria", Born), await rows.AddAsync(last, "Maria", Born));
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        await manager.SubmitAsync(await manager.PageAsync($"/patients/merges/merge?keep={kept.Id}&gone={gone.Id}"), "form[action='/patients/merges/merge']", ("Reason", "same license"));
        var list = await manager.PageAsync("/patients/merges");
        var undo = list.QuerySelectorAll("tr").Single(r => r.TextContent.Contains(gone.RecordNumber)).QuerySelector("form")!.GetAttribute("action")!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => manager.SubmitAsync(list, $"form[action='{undo}']")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync($"/patients/charts/{gone.Id}")).StatusCode);
        Assert.Equal(1, await rows.Db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from core.patient_merges where gone_id = {gone.Id} and undone_at is not null").SingleAsync());
    }

    private static async Task<(Patient Patient, Document Document)> DocumentAsync(PatientRows rows)
    {
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        var document = new Document { PatientId = patient.Id, FileId = Guid.CreateVersion7(), Title = "Card", Category = "insurance-card", Dated = new(2026, 1, 5), AddedBy = "x" };
        rows.Db.Add(document);
        await rows.Db.SaveChangesAsync();
        return (patient, document);
    }
}
