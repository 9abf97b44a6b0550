using System.Net;
using BitMiracle.LibTiff.Classic;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Pdf;
using Modular.Patients.Scans;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients.Scans;

/// <summary>The inbox of scans and faxes through its pages.</summary>
public sealed class ScanInboxTests(SharedHost shared)
{
    private Task<TestClient> DeskAsync(string role = Roles.FrontDesk, Guid[]? locations = null) => shared.Host.SignInAsync(shared.Host.North, role, locations);

    [Fact]
    public async Task Three_letters_in_one_fax_are_split_turned_and_filed_to_three_charts()
    {
        await using var rows = new PatientRows(shared.Host);
        using var desk = await DeskAsync();
        var fax = await desk.WaitingAsync(rows, "Ada", "Bea", "Cora");
        var patients = new List<Guid>();
        var part = fax.Id;
        for (var page = 1; page <= 3; page++)
        {
            if (page < 3)
            {
                Assert.Equal(HttpStatusCode.OK, (await desk.ArrangeAsync(part, "split", page)).StatusCode);
            }

            await desk.ArrangeAsync(part, "right", page);
            patients.Add((await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5))).Id);
            var filed = await desk.FileAsync(await desk.InboxAsync(part), patients[^1], ("Category", "referral"), ("Dated", "6/1/2026"), ("Title", "Letter of Harbor Cardiology"));
            Assert.Equal(HttpStatusCode.Redirect, filed.StatusCode);
            // Filing leads on to the part that comes next.
            part = Guid.TryParse(filed.Headers.Location!.OriginalString.Split("scan=")[^1], out var next) ? next : default;
        }

        foreach (var (patient, text) in patients.Zip(["Ada", "Bea", "Cora"]))
        {
            var document = await rows.Db.Documents.AsNoTracking().SingleAsync(d => d.PatientId == patient);
            Assert.Equal(("Letter of Harbor Cardiology", "referral", new DateOnly(2026, 6, 1)), (document.Title, document.Category, document.Dated));
            var opened = await desk.GetAsync($"/patients/documents/{patient}/{document.Id}/open");
            var file = await opened.Content.ReadAsByteArrayAsync();
            Assert.Contains(text, Papers.Text(file));
            Assert.Contains("/Rotate 180 ", Papers.Text(file)); // 90 of the file, 90 of the desk
            Assert.Equal(1, new PagesOfFile(file, "x").Pages);
        }
    }

    [Fact]
    public async Task What_was_typed_stays_while_pages_are_turned_left_out_and_joined_again()
    {
        await using var rows = new PatientRows(shared.Host);
        using var desk = await DeskAsync();
        var fax = await desk.WaitingAsync(rows, "Ada", "Bea");

        var answer = await desk.ArrangeAsync(fax.Id, "drop", 2, ("PatientName", "Vale, Ada"), ("Title", "Half typed"));
        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());
        Assert.Equal(("Vale, Ada", "Half typed"), (page.QuerySelector("[name=PatientName]")!.GetAttribute("value"), page.QuerySelector("[name=Title]")!.GetAttribute("value")));
        Assert.Contains("Left out", page.QuerySelector(".scan-pages")!.TextContent);

        await desk.ArrangeAsync(fax.Id, "keep", 2);
        await desk.ArrangeAsync(fax.Id, "split", 1);
        var rest = await rows.Db.Scans.AsNoTracking().SingleAsync(s => s.ScanFileId == fax.ScanFileId && s.FirstPage == 2);
        await desk.ArrangeAsync(rest.Id, "join", 2);
        var joined = await rows.Db.Scans.AsNoTracking().Include(s => s.Pages).SingleAsync(s => s.ScanFileId == fax.ScanFileId);
        Assert.Equal([new(1, 0), new(2, 0)], joined.Kept);
    }

    [Fact]
    public async Task Filed_in_the_wrong_chart_it_comes_back_and_nothing_of_it_stays_there()
    {
        await using var rows = new PatientRows(shared.Host);
        using var desk = await DeskAsync();
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        var fax = await desk.WaitingAsync(rows, "Ada", "Bea");
        await desk.ArrangeAsync(fax.Id, "left-all", 1);
        await desk.FileAsync(await desk.InboxAsync(fax.Id), patient.Id);
        var document = await rows.Db.Documents.AsNoTracking().SingleAsync(d => d.PatientId == patient.Id);
        Assert.Contains("back to the inbox", (await desk.PageAsync($"/patients/documents/{patient.Id}/{document.Id}/edit")).Body!.TextContent);
        Assert.Contains(fax.Name, (await desk.PageAsync("/patients/scans/closed")).QuerySelector("table")!.TextContent);

        Assert.Equal(HttpStatusCode.Redirect, (await desk.ReturnAsync(fax.Id)).StatusCode);

        Assert.False(await rows.Db.Documents.AnyAsync(d => d.PatientId == patient.Id));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync($"/files/{document.FileId}")).StatusCode);
        var back = await rows.Db.Scans.AsNoTracking().Include(s => s.Pages).SingleAsync(s => s.Id == fax.Id);
        Assert.Equal((ScanState.Waiting, 270), (back.State, back.Kept[0].Turn));
        Assert.Contains(fax.Name, (await desk.InboxAsync(fax.Id)).QuerySelector(".scan-list")!.TextContent);
    }

    [Fact]
    public async Task What_belongs_into_no_chart_is_discarded_with_a_reason_and_can_come_back()
    {
        await using var rows = new PatientRows(shared.Host);
        using var desk = await DeskAsync();
        var fax = await desk.WaitingAsync(rows, "Ada");
        var address = $"/patients/scans/{fax.Id}/discard";

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await desk.SubmitAsync(await desk.PageAsync(address), $"form[action='{address}']", ("Reason", ""), ("other", "x"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitAsync(await desk.PageAsync(address), $"form[action='{address}']", ("Reason", "Advertising"))).StatusCode);

        Assert.Equal((ScanState.Discarded, "Advertising"), await StateAsync(rows, fax.Id));
        await desk.ReturnAsync(fax.Id);
        Assert.Equal((ScanState.Waiting, null), await StateAsync(rows, fax.Id));
    }

    [Fact]
    public async Task The_second_of_two_people_is_told_who_filed_it_and_there_is_one_document()
    {
        await using var rows = new PatientRows(shared.Host);
        // Somebody who has nothing else open: a person is at one document at a time, and other tests work at the same desk.
        using var first = await DeskAsync(Roles.Owner);
        using var second = await DeskAsync(Roles.Nurse);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        var fax = await first.WaitingAsync(rows, "Ada");
        var (one, two) = (await first.InboxAsync(fax.Id), await second.InboxAsync(fax.Id));
        Assert.Contains("has this open too", two.QuerySelector("#scan-state")!.TextContent);

        Assert.Equal(HttpStatusCode.Redirect, (await first.FileAsync(one, patient.Id)).StatusCode);
        var late = await second.FileAsync(two, patient.Id);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("Test north.owner.all filed this", await late.Content.ReadAsStringAsync());
        Assert.Equal(1, await rows.Db.Documents.CountAsync(d => d.PatientId == patient.Id));
    }

    [Fact]
    public async Task Two_who_press_enter_at_the_same_moment_file_it_once()
    {
        await using var rows = new PatientRows(shared.Host);
        using var first = await DeskAsync();
        using var second = await DeskAsync(Roles.Manager);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        var fax = await first.WaitingAsync(rows, "Ada");
        var (one, two) = (await first.InboxAsync(fax.Id), await second.InboxAsync(fax.Id));

        var answers = await Task.WhenAll(first.FileAsync(one, patient.Id), second.FileAsync(two, patient.Id));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity], answers.Select(a => a.StatusCode).Order());
        Assert.Equal(1, await rows.Db.Documents.CountAsync(d => d.PatientId == patient.Id));
    }

    [Fact]
    public async Task Who_files_what_another_turned_meanwhile_looks_at_it_again_and_loses_nothing_typed()
    {
        await using var rows = new PatientRows(shared.Host);
        using var first = await DeskAsync();
        using var second = await DeskAsync(Roles.Nurse);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        var fax = await first.WaitingAsync(rows, "Ada", "Bea");
        var one = await first.InboxAsync(fax.Id);
        await second.ArrangeAsync(fax.Id, "split", 1);

        var late = await first.FileAsync(one, patient.Id, ("Title", "Typed before"));

        var page = await TestClient.ParseAsync(await late.Content.ReadAsStringAsync(), "http://north.localhost/patients/scans");
        Assert.Contains("turned or split this document meanwhile", page.QuerySelector(".errors")!.TextContent);
        Assert.Equal("Typed before", page.QuerySelector("[name=Title]")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Redirect, (await first.FileAsync(page, patient.Id)).StatusCode);
    }

    [Fact]
    public async Task A_restricted_chart_takes_no_document_from_somebody_who_may_not_open_it()
    {
        await using var rows = new PatientRows(shared.Host);
        using var desk = await DeskAsync();
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5), p => p.Restricted = true);
        var fax = await desk.WaitingAsync(rows, "Ada");

        var refused = await desk.FileAsync(await desk.InboxAsync(fax.Id), patient.Id);

        Assert.Contains("This chart is restricted", await refused.Content.ReadAsStringAsync());
        Assert.Equal((ScanState.Waiting, null), await StateAsync(rows, fax.Id));
    }

    [Fact]
    public async Task A_document_of_another_location_is_not_there_and_nobody_without_the_permission_sees_any()
    {
        await using var rows = new PatientRows(shared.Host);
        using var desk = await DeskAsync(locations: [TestHost.NorthMain]);
        using var lake = await DeskAsync(locations: [TestHost.NorthLake]);
        using var hr = await DeskAsync(Roles.Hr);
        var fax = await desk.WaitingAsync(rows, "Ada");

        Assert.DoesNotContain(fax.Name, (await lake.InboxAsync(fax.Id)).Body!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await lake.GetAsync($"/patients/scans/{fax.Id}/pages/1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await lake.ReturnAsync(fax.Id)).StatusCode);
        var file = await rows.Db.ScanFiles.Where(f => f.Id == fax.ScanFileId).Select(f => f.FileId).SingleAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await lake.GetAsync($"/files/{file}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await hr.GetAsync("/patients/scans")).StatusCode);
    }

    [Fact]
    public async Task Every_look_at_a_page_and_the_filing_are_in_the_access_log()
    {
        await using var rows = new PatientRows(shared.Host);
        using var desk = await DeskAsync();
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        var fax = await desk.WaitingAsync(rows, "Ada");

        var page = await desk.GetAsync($"/patients/scans/{fax.Id}/pages/1");
        Assert.Equal(("application/pdf", "nosniff"), (page.Content.Headers.ContentType!.MediaType, page.Headers.GetValues("X-Content-Type-Options").Single()));
        await shared.Host.North.UntilAsync($"select count(*) from audit.entries where row_id = '{fax.Id}' and log = 'access' and place like '%pages%'", 1L);
        await desk.FileAsync(await desk.InboxAsync(fax.Id), patient.Id);
        await shared.Host.North.UntilAsync($"select count(*) from audit.entries where '{patient.Id}' = any (patient_ids) and log = 'access' and what = 'scan filed'", 1L);
        // What was filed is opened through its chart.
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync($"/patients/scans/{fax.Id}/pages/1")).StatusCode);
    }

    [Fact]
    public async Task Good_files_are_added_and_each_bad_one_gets_its_sentence()
    {
        await using var rows = new PatientRows(shared.Host);
        using var desk = await DeskAsync();
        var good = $"{PatientRows.Tag()}.pdf";

        var answer = await desk.AddAsync((good, Papers.Pdf($"Ada {good}")), ("invoice.pdf", [.. "PK\u0003\u0004"u8, 1, 2]), ("../../etc/fax.tiff", [.. "II*\0"u8, 1]));
        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());

        Assert.Contains("invoice.pdf is not a PDF, TIFF, JPEG or PNG", page.Body!.TextContent);
        Assert.Contains("fax.tiff is damaged or incomplete", page.Body.TextContent);
        Assert.True(await rows.Db.Scans.AnyAsync(s => s.Name == good));
        await desk.AddAsync((good, Papers.Pdf($"Ada {good}")));
        Assert.Equal(1, await rows.Db.Scans.CountAsync(s => s.Name == good));
    }

    [Fact]
    public async Task A_fax_in_tiff_is_looked_at_split_and_filed_as_pages_that_browsers_show()
    {
        await using var rows = new PatientRows(shared.Host);
        using var desk = await DeskAsync();
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        var name = $"{PatientRows.Tag()}.tif";
        await desk.AddAsync((name, Faxes.Tiff(new Sheet(), new Sheet(Height: 2156, Down: 196), new Sheet(Compression.CCITTFAX3))));
        var fax = await rows.Db.Scans.AsNoTracking().SingleAsync(s => s.Name == name);

        var inbox = await desk.InboxAsync(fax.Id);
        Assert.NotNull(inbox.QuerySelector(".scan-page object[type='application/pdf']"));
        var shown = await desk.GetAsync($"/patients/scans/{fax.Id}/pages/2");
        Assert.Equal("application/pdf", shown.Content.Headers.ContentType!.MediaType);
        Assert.Contains("/CCITTFaxDecode", Papers.Text(await shown.Content.ReadAsByteArrayAsync()));
        await desk.ArrangeAsync(fax.Id, "split", 1);
        Assert.Equal(HttpStatusCode.Redirect, (await desk.FileAsync(await desk.InboxAsync(fax.Id), patient.Id)).StatusCode);

        var document = await rows.Db.Documents.SingleAsync(d => d.PatientId == patient.Id);
        var opened = await desk.GetAsync($"/patients/documents/{patient.Id}/{document.Id}/open");
        Assert.Equal(("application/pdf", Path.ChangeExtension(name, ".pdf")), (opened.Content.Headers.ContentType!.MediaType, opened.Content.Headers.ContentDisposition!.FileName));
        Assert.Equal(1, new PagesOfFile(await opened.Content.ReadAsByteArrayAsync(), "filed.pdf").Pages);
        Assert.Equal(2, await rows.Db.ScanFiles.Where(f => f.Name == name).SelectMany(f => rows.Db.Scans.Where(s => s.ScanFileId == f.Id)).CountAsync());
    }

    [Fact]
    public async Task The_patients_filed_for_last_are_offered_first()
    {
        await using var rows = new PatientRows(shared.Host);
        using var desk = await DeskAsync(Roles.Biller);
        var last = PatientRows.Tag();
        var (other, recent) = (await rows.AddAsync(last, "Ada", new(1948, 1, 5)), await rows.AddAsync(last, "Zoe", new(1948, 1, 5)));
        var fax = await desk.WaitingAsync(rows, "Ada");
        await desk.FileAsync(await desk.InboxAsync(fax.Id), recent.Id);

        var typed = await TestClient.ParseAsync(await (await desk.GetAsync($"/patients/scans/patients?PatientName={last}")).Content.ReadAsStringAsync());
        var untyped = await TestClient.ParseAsync(await (await desk.GetAsync("/patients/scans/patients?PatientName=")).Content.ReadAsStringAsync());

        Assert.Equal([$"{recent.Id}", $"{other.Id}"], typed.QuerySelectorAll("[role=option]").Select(o => o.GetAttribute("data-value")));
        Assert.Equal($"{recent.Id}", untyped.QuerySelector("[role=option]")!.GetAttribute("data-value"));
    }

    private static async Task<(ScanState, string?)> StateAsync(PatientRows rows, Guid id)
    {
        var scan = await rows.Db.Scans.AsNoTracking().SingleAsync(s => s.Id == id);
        return (scan.State, scan.Reason);
    }
}
