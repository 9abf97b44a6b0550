using System.Net;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>Every print is a page and a PDF, and both say the same.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class PdfTests(Clinic clinic)
{
    /// <summary>Paper in points, by the address of the print.</summary>
    public static TheoryData<string, int, int> Prints => new()
    {
        { "/scheduling/prints/face-sheet/{visit}", 612, 792 },
        { "/scheduling/prints/label/{visit}?copies=3", 170, 85 },
        { "/scheduling/prints/note/{visit}?kind=school", 612, 792 },
        { "/scheduling/prints/note/{visit}?language=es", 612, 792 },
        { "/scheduling/prints/next-visits/{patient}", 612, 792 },
        { "/scheduling/appointments/{visit}/card", 396, 306 },
        { "/scheduling/prints/day-sheet/2026-06-25?location={place}&provider={provider}", 612, 792 },
    };

    [Theory]
    [MemberData(nameof(Prints))]
    public async Task A_print_as_a_pdf_says_what_its_page_says_on_its_own_paper(string address, int width, int height)
    {
        var (desk, provider, patient, visit) = await BookedAsync("es");
        var url = address.Replace("{visit}", $"{visit}").Replace("{patient}", $"{patient}").Replace("{place}", $"{TestHost.NorthMain}").Replace("{provider}", $"{provider}");
        var page = await desk.PageAsync(url);
        foreach (var unseen in page.QuerySelectorAll("main .no-print, main .vh, main svg"))
        {
            unseen.Remove();
        }

        var response = await desk.GetAsync(page.QuerySelector("a[data-key=d]")!.GetAttribute("href")!);
        var pages = PdfText.Pages(await response.Content.ReadAsByteArrayAsync());

        Assert.Equal("application/pdf", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(PdfText.Squeeze(page.QuerySelector("main")!.TextContent), PdfText.Squeeze(string.Concat(pages.Select(p => p.Text))));
        Assert.All(pages, p => Assert.Equal((width, height), ((int)Math.Round(p.Width), (int)Math.Round(p.Height))));
        Assert.Equal(address.Contains("label") ? 3 : 1, pages.Count);
        Assert.DoesNotContain("nguy", response.Content.Headers.ContentDisposition!.FileName, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(pages, p => p.Text.Contains("Nguyễn-Łukasik", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_day_goes_over_several_pages_and_each_has_the_head_of_the_table()
    {
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var provider = await clinic.AddProviderAsync("Dr. Long Day", zone: "06:00-23:00");
        foreach (var (patient, i) in (await clinic.AddPatientsAsync(50)).Select((p, i) => (p, i)))
        {
            await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(26, $"{6 + (i / 3):00}:{i % 3 * 20:00}"), null, ("Note", "A note of some length that takes more than one line in its narrow column of the sheet")));
        }

        var response = await desk.GetAsync($"/scheduling/prints/day-sheet/2026-06-26?location={TestHost.NorthMain}&provider={provider}&pdf=1");
        var pages = PdfText.Pages(await response.Content.ReadAsByteArrayAsync());

        Assert.InRange(pages.Count, 2, 6);
        Assert.All(pages, p => Assert.Contains("TimePatientBorn", PdfText.Squeeze(p.Text), StringComparison.Ordinal));
        Assert.Equal(50, pages.Sum(p => PdfText.Squeeze(p.Text).Split("Kaur,Simran").Length - 1));
    }

    [Fact]
    public async Task A_pdf_needs_the_permission_of_its_page_and_is_in_the_access_log()
    {
        var (desk, _, patient, visit) = await BookedAsync("en");
        await desk.GetAsync($"/scheduling/prints/face-sheet/{visit}?pdf=1");
        Assert.Equal(1L, await clinic.AskAsync<long>($"select count(*) from audit.entries where what = 'face sheet' and '{patient}' = any(patient_ids)"));

        using var lake = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk, [TestHost.NorthLake]);
        Assert.Equal(HttpStatusCode.NotFound, (await lake.GetAsync($"/scheduling/prints/face-sheet/{visit}?pdf=1")).StatusCode);
        using var hr = await clinic.Host.SignInAsync(clinic.North, Roles.Hr);
        Assert.Equal(HttpStatusCode.Forbidden, (await hr.GetAsync($"/scheduling/prints/face-sheet/{visit}?pdf=1")).StatusCode);
    }

    [Theory]
    [InlineData("王小明", "王 小 明")]
    [InlineData("محمد", "م ح د")]
    public async Task A_name_that_the_font_cannot_set_is_said_on_the_page_instead_of_boxes_in_a_pdf(string name, string letters)
    {
        var (desk, _, _, visit) = await BookedAsync("en", name);

        var response = await desk.GetAsync($"/scheduling/prints/face-sheet/{visit}?pdf=1");

        var page = await TestClient.ParseAsync(await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains($"cannot set these letters: {letters}.", page.QuerySelector("main [role=alert].no-print")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(name, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_accent_beside_its_letter_is_set_with_it()
    {
        var (desk, _, _, visit) = await BookedAsync("en", "Jose\u0301");

        var pdf = await (await desk.GetAsync($"/scheduling/prints/face-sheet/{visit}?pdf=1")).Content.ReadAsByteArrayAsync();

        Assert.Contains("José", string.Concat(PdfText.Pages(pdf).Select(p => p.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_no_print_stays_a_page()
    {
        var (desk, _, _, visit) = await BookedAsync("en");

        var response = await desk.GetAsync($"/scheduling/appointments/{visit}?pdf=1");

        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Nguyễn-Łukasik", WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    private async Task<(TestClient Desk, Guid Provider, Guid Patient, Guid Visit)> BookedAsync(string language, string first = "Inés")
    {
        var (provider, patient) = (await clinic.AddProviderAsync("Dr. Renée Añorve"), Guid.CreateVersion7());
        await clinic.Host.PublishAsync(clinic.North, new PatientChanged(patient, 1, $"P{patient.ToString("N")[^6..]}", first, "Nguyễn-Łukasik", null, new(1980, 1, 1), "F", "5550104471", null, false, true, language));
        await clinic.North.UntilAsync($"select count(*) from scheduling.patients where id = '{patient}'", 1L);
        var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(25, "09:00"), null, ("Note", "Trae los papeles “de antes”")));
        return (desk, provider, patient, visit);
    }
}
