using System.Net;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Acknowledgements;

/// <summary>What somebody tries who is not asked, or wants to look as if they had read.</summary>
public sealed class HostileReaderTests(Readers readers) : IClassFixture<Readers>
{
    [Fact]
    public async Task What_another_has_to_read_is_not_there_cannot_be_signed_and_is_nobodys_task_but_theirs()
    {
        using var manager = await readers.Host.SignInAsync(readers.North, Roles.Manager);
        using var owner = await readers.Host.SignInAsync(readers.North, Roles.Owner);
        var (nurse, reader) = await readers.SomebodyAsync(Roles.Nurse);
        using var _ = reader;
        var id = await readers.PublishAsync(manager, Roles.Nurse, "Nobody else reads this.");
        var asked = await readers.AskedAsync(id, nurse);
        var form = await reader.PageAsync($"/my-reading/{asked}");

        foreach (var other in new[] { manager, owner })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/my-reading/{asked}")).StatusCode);
            Assert.Null((await other.PageAsync("/inbox?view=all")).QuerySelector($"a[href='/my-reading/{asked}']"));
            var token = (await other.PageAsync("/account")).QuerySelector("meta[name=request-token]")!.GetAttribute("content")!;
            using var posted = await other.SubmitAsync(form, "#sign", ("Signature.Agreed", "true"), ("__RequestVerificationToken", token));
            Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        }

        Assert.Equal("waiting", await readers.North.AskAsync<string>($"select state from core.acknowledgements where id = '{asked}'"));
        using var first = await Readers.SignAsync(reader, asked, form);
        using var again = await Readers.SignAsync(reader, asked, form);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal(1L, await readers.North.AskAsync<long>($"select count(*) from core.signatures where subject_id = '{asked}'"));
        var certificate = $"/signatures/{await readers.North.AskAsync<Guid>($"select signature_id from core.acknowledgements where id = '{asked}'")}";
        Assert.Null((await reader.PageAsync(certificate)).QuerySelector("form[action$='sign-off']"));
        Assert.NotNull((await manager.PageAsync(certificate)).QuerySelector("form[action$='sign-off']"));
        using var desk = await readers.Host.SignInAsync(readers.North, Roles.FrontDesk);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync(certificate)).StatusCode);
        foreach (var page in new[] { "/acknowledgements", "/acknowledgements/documents", $"/acknowledgements/show/{id}",
            $"/acknowledgements/proof/{id}" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync(page)).StatusCode);
        }
    }

    [Fact]
    public async Task A_file_is_a_pdf_that_the_reader_opens_at_the_document_alone_and_signs_by_its_digest()
    {
        using var manager = await readers.Host.SignInAsync(readers.North, Roles.Manager);
        var (person, reader) = await readers.SomebodyAsync(Roles.Biller);
        using var _ = reader;
        var id = await readers.PublishAsync(manager, Roles.Biller, "The first is a text.");
        using var page = await FileAsync(manager, id, "<html>not a paper</html>"u8.ToArray(), "paper.pdf");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        using var notes = await FileAsync(manager, id, "plain"u8.ToArray(), "paper.txt");
        Assert.Contains("A document to read is a PDF", await notes.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await readers.North.AskAsync<int>($"select current from core.reading_documents where id = '{id}'"));

        using var pdf = await FileAsync(manager, id, "%PDF-1.7\nrules"u8.ToArray(), "rules.pdf");

        Assert.Equal(HttpStatusCode.Redirect, pdf.StatusCode);
        var asked = await readers.AskedAsync(id, person);
        using var file = await reader.GetAsync($"/my-reading/{asked}/file");
        Assert.Equal("application/pdf", file.Content.Headers.ContentType!.MediaType);
        var stored = await readers.North.AskAsync<Guid>($"select file_id from core.reading_versions where document_id = '{id}' and number = 2");
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync($"/files/{stored}")).StatusCode);
        using var signed = await Readers.SignAsync(reader, asked);
        Assert.Contains(await readers.North.AskAsync<string>($"select sha256 from core.reading_versions where document_id = '{id}' and number = 2"),
            await readers.North.AskAsync<string>($"select convert_from(body, 'UTF8') from core.signatures where subject_id = '{asked}'"),
                StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> FileAsync(TestClient manager, Guid id, byte[] bytes, string name)
    {
        var page = await manager.PageAsync($"/acknowledgements/publish/{id}");
        var fields = FormFields.Of((AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[data-guard]")!);
        using var content = new MultipartFormDataContent();
        fields.FindAll(f => f.Key is not ("Body" or "Change" or "File")).ForEach(f => content.Add(new StringContent(f.Value), f.Key));
        content.Add(new StringContent(""), "Body");
        content.Add(new StringContent("On paper now"), "Change");
        content.Add(new ByteArrayContent(bytes), "File", name);
        return await manager.Http.PostAsync($"/acknowledgements/publish/{id}", content);
    }
}
