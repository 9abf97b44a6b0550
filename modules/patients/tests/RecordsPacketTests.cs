using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Codes;
using Modular.Patients;
using Modular.Patients.Charts;
using Modular.Patients.Documents;
using Modular.Patients.RecordRequests;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>The documents that somebody asked for as one PDF.</summary>
public sealed class RecordsPacketTests(SharedHost shared)
{
    [Fact]
    public async Task Chosen_documents_are_one_pdf_whose_pages_are_numbered_and_it_is_in_the_access_log()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var (patient, request) = await AskAsync(rows, "authorization");
        var (first, _, last) = (await FileAsync(rows, patient, "Report", 3), await FileAsync(rows, patient, "Private note", 2), await FileAsync(rows, patient, "X-ray", 1));
        var address = $"/patients/record-requests/{patient.Id}/{request.Id}";
        Assert.NotNull((await desk.PageAsync($"{address}/edit")).QuerySelector($"a[href='{address}/packet'][data-drawer]"));
        Assert.Equal(3, (await desk.PageAsync($"{address}/packet")).QuerySelectorAll("input[name=document]").Length);

        var answer = await desk.GetAsync($"{address}/packet/pdf?document={last.Id}&document={first.Id}");
        var pdf = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(4, new PdfFiles().Read(pdf, "x").Pages);
        Assert.Contains("(Report 1)", Papers.Text(pdf), StringComparison.Ordinal);
        Assert.DoesNotContain("(Private note 1)", Papers.Text(pdf), StringComparison.Ordinal);
        Assert.Equal(1L, await shared.Host.North.AskAsync<long>($"select count(*) from audit.entries where what = 'documents sent' and '{patient.Id}' = any(patient_ids)"));
    }

    [Fact]
    public async Task Nothing_goes_out_before_the_right_to_ask_was_checked_nor_a_document_of_somebody_else()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        using var nurse = await shared.Host.SignInAsync(shared.Host.North, Roles.Hr);
        await using var rows = new PatientRows(shared.Host);
        var (patient, request) = await AskAsync(rows, "unchecked");
        var other = await rows.AddAsync(PatientRows.Tag(), "Ben", new(1950, 1, 5));
        var (own, foreign) = (await FileAsync(rows, patient, "Report", 1), await FileAsync(rows, other, "Foreign", 1));
        var address = $"/patients/record-requests/{patient.Id}/{request.Id}/packet/pdf";

        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync($"{address}?document={own.Id}")).StatusCode);
        request.Authority = "authorization";
        await rows.Db.SaveChangesAsync();

        var none = await desk.GetAsync($"{address}?document={foreign.Id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        Assert.Contains("Choose the documents that go out.", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await nurse.GetAsync($"{address}?document={own.Id}")).StatusCode);
    }

    [Fact]
    public async Task A_document_that_has_no_pages_is_named_and_what_was_chosen_stays_chosen()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var (patient, request) = await AskAsync(rows, "patient");
        var (report, notes) = (await FileAsync(rows, patient, "Report", 1), await FileAsync(rows, patient, "Typed notes", 0));

        var answer = await desk.GetAsync($"/patients/record-requests/{patient.Id}/{request.Id}/packet/pdf?document={report.Id}&document={notes.Id}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());
        Assert.Contains("Typed notes is not a PDF, TIFF, JPEG or PNG", page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.QuerySelectorAll("input[name=document][checked]").Length);
    }

    private static async Task<(Patient Patient, RecordRequest Request)> AskAsync(PatientRows rows, string authority)
    {
        var patient = await rows.AddAsync(PatientRows.Tag(), "Ana", new(1948, 1, 5));
        var request = new RecordRequest
        {
            PatientId = patient.Id, Patient = patient.FullName, Requester = "Bay State & Co", RequesterKind = "insurer", Authority = authority, Scope = "Visits of 2025",
            ReceivedOn = new(2026, 6, 1), Clock = DeadlineClock.Start(RecordRequest.Answer, new(2026, 6, 1)),
        };
        rows.Db.Add(request);
        await rows.Db.SaveChangesAsync();
        return (patient, request);
    }

    /// <param name="pages">0 for a text.</param>
    private static async Task<Document> FileAsync(PatientRows rows, Patient patient, string title, int pages)
    {
        using var content = new MemoryStream(pages == 0 ? "typed"u8.ToArray() : Papers.Pdf([.. Enumerable.Range(1, pages).Select(n => $"{title} {n}")]));
        var stored = await rows.Services.GetRequiredService<IFiles>().SaveAsync(content, pages == 0 ? "notes.txt" : "paper.pdf", new(PatientsPermissions.OpenRestricted, patient.Id, title), default);
        var document = new Document { PatientId = patient.Id, FileId = stored.Id, Title = title, Dated = new(2026, 5, 1), AddedAt = stored.StoredAt, AddedBy = "Test" };
        rows.Db.Add(document);
        await rows.Db.SaveChangesAsync();
        return document;
    }
}
