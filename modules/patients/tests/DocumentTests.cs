using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

public sealed class DocumentTests(SharedHost shared)
{
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private static async Task<HttpResponseMessage> UploadAsync(TestClient desk, Guid patient, string name, byte[] content)
    {
        var address = $"/patients/documents/{patient}/add";
        var form = (IHtmlFormElement)(await desk.PageAsync(address)).QuerySelector($"form[action='{address}']")!;
        using var body = new MultipartFormDataContent();
        foreach (var (field, value) in FormFields.Of(form))
        {
            body.Add(new StringContent(field == "Form.Category" ? "insurance-card" : value), field);
        }

        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        body.Add(file, "Form.File", name);
        return await desk.Http.PostAsync(address, body);
    }

    [Fact]
    public async Task A_tiff_becomes_pages_that_browsers_show_and_a_pdf_leaves_behind_what_it_would_do_by_itself()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var acting = Papers.Latin(Papers.Text(Papers.Pdf("Ada")).Replace("/Type/Catalog", "/Type/Catalog/OpenAction<</S/JavaScript/JS(evil)>>"));
        var locked = Papers.Latin(Papers.Text(Papers.Pdf("Ada")).Replace("/Size 99", "/Size 99/Encrypt 3 0 R"));

        foreach (var (name, content) in new[] { ("card.tif", Faxes.Tiff(new Sheet(), new Sheet())), ("acting.pdf", acting), ("quiet.pdf", Papers.Pdf("Ada")), ("locked.pdf", locked) })
        {
            Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(desk, patient.Id, name, content)).StatusCode);
        }

        var bad = await UploadAsync(desk, patient.Id, "half.tif", Faxes.Tiff(new Sheet())[..200]);
        Assert.Contains("half.tif is damaged or incomplete", await bad.Content.ReadAsStringAsync());
        var opened = new List<(string? Name, byte[] Content)>();
        foreach (var document in await rows.Db.Documents.Where(d => d.PatientId == patient.Id).OrderBy(d => d.AddedAt).ToListAsync())
        {
            var answer = await desk.GetAsync($"/patients/documents/{patient.Id}/{document.Id}/open");
            Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
            opened.Add((answer.Content.Headers.ContentDisposition!.FileName, await answer.Content.ReadAsByteArrayAsync()));
        }

        Assert.Equal(["card.pdf", "acting.pdf", "quiet.pdf", "locked.pdf"], opened.Select(o => o.Name));
        Assert.Contains("/CCITTFaxDecode", Papers.Text(opened[0].Content));
        Assert.Contains("(Ada)", Papers.Text(opened[1].Content));
        Assert.DoesNotContain("evil", Papers.Text(opened[1].Content));
        Assert.Equal(Papers.Pdf("Ada"), opened[2].Content);
        Assert.Equal(locked, opened[3].Content);
    }

    [Fact]
    public async Task A_scan_is_filed_named_and_opened_through_its_chart()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(desk, patient.Id, "card front.png", Png)).StatusCode);

        var document = await rows.Db.Documents.SingleAsync(d => d.PatientId == patient.Id);
        Assert.Equal(("card front", "insurance-card"), (document.Title, document.Category));
        var opened = await desk.GetAsync($"/patients/documents/{patient.Id}/{document.Id}/open");
        Assert.Equal(("image/png", "nosniff"), (opened.Content.Headers.ContentType!.MediaType, opened.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Equal(Png, await opened.Content.ReadAsByteArrayAsync());
        Assert.Contains("card front", (await desk.PageAsync($"/patients/charts/{patient.Id}")).QuerySelector("#documents")!.TextContent);
        Assert.Contains("card front", (await desk.PageAsync($"/patients/documents/{patient.Id}/{document.Id}/edit")).Body!.TextContent);
    }

    [Fact]
    public async Task A_better_scan_takes_the_place_of_the_first_which_stays_as_a_version()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await UploadAsync(desk, patient.Id, "card.png", Png);
        var document = await rows.Db.Documents.AsNoTracking().SingleAsync(d => d.PatientId == patient.Id);
        var edit = $"/patients/documents/{patient.Id}/{document.Id}/edit";
        using var body = new MultipartFormDataContent();
        foreach (var (field, value) in FormFields.Of((IHtmlFormElement)(await desk.PageAsync(edit)).QuerySelector($"form[action='{edit}']")!))
        {
            body.Add(new StringContent(value), field);
        }

        byte[] better = [.. Png, 0];
        body.Add(new ByteArrayContent(better), "Form.File", "better.png");
        Assert.Equal(HttpStatusCode.Redirect, (await desk.Http.PostAsync(edit, body)).StatusCode);

        var open = $"/patients/documents/{patient.Id}/{document.Id}/open";
        Assert.Equal(better, await (await desk.GetAsync(open)).Content.ReadAsByteArrayAsync());
        Assert.Equal(Png, await (await desk.GetAsync(open + "?version=1")).Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync(open + "?version=2")).StatusCode);
        Assert.Contains("Version 1", (await desk.PageAsync(edit)).Body!.TextContent);
    }

    [Fact]
    public async Task A_page_dressed_up_as_a_picture_is_refused_with_a_sentence()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        var refused = await UploadAsync(desk, patient.Id, "card.png", Encoding.UTF8.GetBytes("<html><script>alert(1)</script></html>"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("not a file we can keep", await refused.Content.ReadAsStringAsync());
        Assert.False(await rows.Db.Documents.AnyAsync(d => d.PatientId == patient.Id));
    }

    [Fact]
    public async Task A_document_is_not_found_through_another_chart_nor_by_its_file_alone()
    {
        await using var rows = new PatientRows(shared.Host);
        var (mine, other) = (await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5)), await rows.AddAsync(PatientRows.Tag(), "Zoe", new(1948, 1, 5)));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await UploadAsync(desk, mine.Id, "card.png", Png);
        var document = await rows.Db.Documents.SingleAsync(d => d.PatientId == mine.Id);

        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync($"/patients/documents/{other.Id}/{document.Id}/open")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync($"/files/{document.FileId}")).StatusCode);
    }
}
