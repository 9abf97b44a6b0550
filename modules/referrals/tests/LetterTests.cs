using System.Net;
using AngleSharp.Html.Dom;
using Modular.Host.Postgres;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Referrals;

/// <summary>The letter to the specialist, as a page and as a PDF, in both languages.</summary>
public sealed class LetterTests(SharedHost shared)
{
    private readonly Guid row = Guid.CreateVersion7();

    /// <summary>Specialists of one name at one place are one.</summary>
    private string Name => $"Ines {row.ToString("N")[^8..]}, MD";

    [Fact]
    public async Task The_letter_says_who_why_who_pays_and_by_when()
    {
        await PlantAsync();
        using var nurse = await shared.Host.SignInAsync(shared.Host.North, Roles.Nurse);

        var page = await nurse.PageAsync($"/referrals/letters/{row}");

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(["Urgent referral, cardiology", "What we ask"], page.QuerySelectorAll("h2").Select(h => h.TextContent));
        Assert.Equal($"{Name}|Harbor Cardiology|Fax (555) 010-4455", Lines(page, "article > p:nth-of-type(3)"));
        Assert.Equal(
        [
            "Patient: Ada O'Vale & Sons", "Born: 01/05/1948, female", "Our number: R-77", "Coverage: Bay State Health, PPO · member XJ44", "Case: Fall at work · claim WC-2291",
            "Authorization: A7340, until 08/31/2026, 1 visit",
        ], Pairs(page).Where(p => !p.StartsWith("Phone", StringComparison.Ordinal)));
        Assert.Equal("Chest pain.\n<Please> evaluate.", page.QuerySelector("p.wording")!.TextContent);
        Assert.Contains("Please see the patient by 01/19/2026. Please send us your findings and what you advise.", page.QuerySelector("article")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Signed: ______________________________|Dr. Asks|NPI 1234567893", Lines(page, "article > p:last-of-type"));
        Assert.Equal(1L, await shared.Host.North.AskAsync<long>($"select count(*) from audit.entries where what = 'referral' and '{row}' = any(patient_ids)"));
    }

    [Fact]
    public async Task The_specialist_may_read_it_in_spanish_and_the_pdf_says_the_same()
    {
        await PlantAsync();
        using var nurse = await shared.Host.SignInAsync(shared.Host.North, Roles.Nurse);

        var page = await nurse.PageAsync($"/referrals/letters/{row}?language=es");
        var pdf = await nurse.GetAsync(page.QuerySelector("a[data-key=d]")!.GetAttribute("href")!);

        Assert.Equal("es", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(["Remisión urgente, cardiology", "Lo que pedimos"], page.QuerySelectorAll("h2").Select(h => h.TextContent));
        Assert.Contains("Nacimiento: 5 ene 1948, sexo: femenino", Pairs(page));
        page.QuerySelector("main .no-print")!.Remove();
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType!.MediaType);
        Assert.Equal(PdfText.Squeeze(page.QuerySelector("main")!.TextContent), PdfText.Squeeze(string.Concat(PdfText.Pages(await pdf.Content.ReadAsByteArrayAsync()).Select(p => p.Text))));
    }

    [Fact]
    public async Task Who_may_not_see_referrals_may_not_see_their_letters()
    {
        await PlantAsync();
        using var hr = await shared.Host.SignInAsync(shared.Host.North, Roles.Hr);

        Assert.Equal(HttpStatusCode.Forbidden, (await hr.GetAsync($"/referrals/letters/{row}?language=es")).StatusCode);
    }

    private static string Lines(IHtmlDocument page, string of) =>
        string.Join('|', page.QuerySelector(of)!.InnerHtml.Split("<br>").Select(l => WebUtility.HtmlDecode(l.Replace("<b>", "").Replace("</b>", ""))));

    private static IEnumerable<string> Pairs(IHtmlDocument page) => page.QuerySelectorAll("dl dt").Select(t => $"{t.TextContent}: {t.NextElementSibling!.TextContent}");

    private async Task PlantAsync()
    {
        await using var connection = await shared.Host.North.OpenAsync(default);
        await connection.ExecuteAsync($"""
            insert into referrals.patients (id, version, record_number, name, birth_date, sex, active, find) values ('{row}', 1, 'R-77', 'O''Vale & Sons, Ada', '1948-01-05', 'F', true, ' vale');
            insert into referrals.providers (id, version, name, npi, active) values ('{row}', 1, 'Dr. Asks', '1234567893', true);
            insert into referrals.coverages (id, version, patient_id, line, rank, payer, plan, member_id, effective_from) values ('{row}', 1, '{row}', 'medical', 1, 'Bay State Health', 'PPO', 'XJ44', '2026-01-01');
            insert into referrals.cases (id, version, patient_id, title, claim_number) values ('{row}', 1, '{row}', 'Fall at work', 'WC-2291');
            insert into referrals.specialists (id, name, organization, fax) values ('{row}', '{Name}', 'Harbor Cardiology', '5550104455');
            insert into referrals.referrals (id, location_id, zone, patient_id, patient_name, specialist_id, specialist_name, specialty, reason, urgency, coverage_id, case_id, asked_by_id, asked_by,
                    authorization_number, authorization_until, authorization_visits, "authorization", written_on, written_by, form_key, due_on)
                values ('{row}', '{TestHost.NorthMain}', 'America/New_York', '{row}', 'O''Vale & Sons, Ada', '{row}', '{Name}', 'Cardiology', E'Chest pain.\n<Please> evaluate.', 'urgent', '{row}', '{row}', '{row}', 'Dr. Asks',
                    'A7340', '2026-08-31', 1, 'given', '2026-01-05', 'somebody', '{row}', '2026-01-19')
            """, [], default);
    }
}
