using System.Net;
using Modular.Patients.Charts;
using Modular.Patients.RecordRequests;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>The letter that lies on top of copies of records.</summary>
public sealed class RecordsLetterTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1948, 1, 5);

    [Fact]
    public async Task The_letter_to_others_warns_them_and_is_on_the_request_once_the_right_to_ask_was_checked()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var (patient, request) = await AskAsync(rows, "insurer", "unchecked", "es");
        var (edit, letter) = ($"/patients/record-requests/{patient.Id}/{request.Id}/edit", $"/patients/record-requests/{patient.Id}/{request.Id}/letter");
        Assert.Null((await desk.PageAsync(edit)).QuerySelector($"a[href='{letter}']"));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync(letter)).StatusCode);

        request.Authority = "authorization";
        await rows.Db.SaveChangesAsync();
        Assert.NotNull((await desk.PageAsync(edit)).QuerySelector($"a[href='{letter}']"));
        var page = await desk.PageAsync(letter);

        var said = page.QuerySelector("article")!.TextContent;
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("Bay State & Co", said, StringComparison.Ordinal);
        Assert.Contains("Visits of 2025", said, StringComparison.Ordinal);
        Assert.Contains("$6.50, Copying labor", said, StringComparison.Ordinal);
        Assert.Contains("These records are confidential.", said, StringComparison.Ordinal);
        // The try before counts: somebody looked for this patient's letter.
        Assert.Equal(2L, await shared.Host.North.AskAsync<long>($"select count(*) from audit.entries where what = 'letter with records' and '{patient.Id}' = any(patient_ids)"));

        (request.Status, request.ClosedOn, request.ClosedBy, request.Outcome) = (RequestStatus.Denied, new(2026, 6, 3), "somebody", "No right");
        request.Clock.Stop(new(2026, 6, 3));
        await rows.Db.SaveChangesAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync(letter)).StatusCode);
    }

    [Fact]
    public async Task The_letter_to_the_patient_is_in_their_language_and_its_pdf_says_the_same()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var (patient, request) = await AskAsync(rows, "patient", "patient", "es");

        var page = await desk.PageAsync($"/patients/record-requests/{patient.Id}/{request.Id}/letter");
        var pdf = await desk.GetAsync(page.QuerySelector("a[data-key=d]")!.GetAttribute("href")!);

        Assert.Equal("es", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("Estas son las copias que usted solicitó.", page.QuerySelector("article")!.TextContent, StringComparison.Ordinal);
        page.QuerySelector("main .no-print")!.Remove();
        Assert.Equal(PdfText.Squeeze(page.QuerySelector("main")!.TextContent), PdfText.Squeeze(string.Concat(PdfText.Pages(await pdf.Content.ReadAsByteArrayAsync()).Select(p => p.Text))));
        Assert.Contains("These are the copies", (await desk.PageAsync($"/patients/record-requests/{patient.Id}/{request.Id}/letter?language=en")).QuerySelector("article")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restricted_chart_asks_for_its_reason_before_the_letter()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        using var nurse = await shared.Host.SignInAsync(shared.Host.North, Roles.Nurse);
        await using var rows = new PatientRows(shared.Host);
        var (patient, request) = await AskAsync(rows, "patient", "patient", "en", restricted: true);

        Assert.Equal(HttpStatusCode.Redirect, (await desk.GetAsync($"/patients/record-requests/{patient.Id}/{request.Id}/letter")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await nurse.GetAsync($"/patients/record-requests/{patient.Id}/{request.Id}/letter")).StatusCode);
    }

    private static async Task<(Patient Patient, RecordRequest Request)> AskAsync(PatientRows rows, string kind, string authority, string language, bool restricted = false)
    {
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born, p => (p.Language, p.Restricted) = (language, restricted));
        var request = new RecordRequest
        {
            PatientId = patient.Id, Patient = patient.FullName, Requester = "Bay State & Co", RequesterKind = kind, Authority = authority, Scope = "Visits of 2025", Fee = 6.5m, FeeFor = "Copying labor",
            ReceivedOn = new(2026, 6, 1), Clock = DeadlineClock.Start(RecordRequest.Answer, new(2026, 6, 1)),
        };
        rows.Db.Add(request);
        await rows.Db.SaveChangesAsync();
        return (patient, request);
    }
}
