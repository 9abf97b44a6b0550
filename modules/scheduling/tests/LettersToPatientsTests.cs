using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>Letters to patients who did not come, and to those who were not here for long: chosen in a list, written together.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class LettersToPatientsTests(Clinic clinic)
{
    private static readonly DateTimeOffset Yesterday = Clinic.Now.AddDays(-1);

    [Fact]
    public async Task Letters_about_chosen_no_shows_become_one_pdf_in_the_language_of_each_patient()
    {
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var (english, spanish) = (await PatientAsync("Quill", "en"), await PatientAsync("Peralta", "es"));
        Guid[] missed = [await VisitAsync(english, Yesterday, "no-show"), await VisitAsync(spanish, Yesterday.AddHours(1), "no-show"), await VisitAsync(english, Yesterday.AddHours(2), "no-show")];
        var kept = await VisitAsync(english, Yesterday.AddHours(4), "checked-out");
        var list = await desk.PageAsync("/scheduling/no-shows");
        Assert.DoesNotContain($"{kept}", list.QuerySelector("table")!.OuterHtml, StringComparison.Ordinal);

        var begun = await PostAsync(desk, list, "/scheduling/no-shows/write", [.. missed[..2], kept]);
        var (page, pdf) = await DoneAsync(desk, begun);

        var pages = PdfText.Pages(pdf);
        Assert.Equal(2, pages.Count);
        Assert.Single(pages, p => PdfText.Squeeze(p.Text).Contains(PdfText.Squeeze("Dear Ana Quill: You had an appointment with"), StringComparison.Ordinal));
        Assert.Single(pages, p => PdfText.Squeeze(p.Text).Contains(PdfText.Squeeze("Estimado/a Ana Peralta: Usted tenía una cita"), StringComparison.Ordinal));
        Assert.Contains("2 letters written", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1L, await clinic.AskAsync<long>($"""
            select count(*) from audit.entries where what = 'Letter after a no-show, written together' and '{english}' = any(patient_ids) and '{spanish}' = any(patient_ids)
            """));
        Assert.Equal(0L, await clinic.AskAsync<long>("select count(*) from core.mail_merge_letters where html is not null"));
        // Each visit's history has it, once, under the name of who had it written.
        await clinic.North.UntilAsync($"""
            select count(*) from scheduling.visit_steps where row_id in ('{missed[0]}', '{missed[1]}', '{missed[2]}') and said = 'Letter after a no-show written' and by like 'Test%'
            """, 2L);
        Assert.Contains("Letter after a no-show written", (await desk.PageAsync($"/scheduling/appointments/{missed[0]}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_are_for_whoever_had_them_written_and_nobody_else()
    {
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        using var manager = await clinic.Host.SignInAsync(clinic.North, Roles.Manager);
        var missed = await VisitAsync(await PatientAsync("Alone", "en"), Yesterday.AddHours(-3), "no-show");
        var begun = await PostAsync(desk, await desk.PageAsync("/scheduling/no-shows"), "/scheduling/no-shows/write", [missed]);
        await DoneAsync(desk, begun);

        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync(begun)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync(begun + "/pdf")).StatusCode);
        var file = await clinic.AskAsync<Guid>($"select file_id from core.mail_merges where id = '{begun.Split('/')[^1]}'");
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync($"/files/{file}")).StatusCode);
    }

    [Fact]
    public async Task Who_works_elsewhere_or_may_not_book_writes_no_letter_about_these_visits()
    {
        var missed = await VisitAsync(await PatientAsync("Elsewhere", "en"), Yesterday.AddHours(-5), "no-show");
        using var lakeside = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk, [TestHost.NorthLake]);
        using var hr = await clinic.Host.SignInAsync(clinic.North, Roles.Hr);
        var list = await lakeside.PageAsync("/scheduling/no-shows");

        var refused = await SendAsync(lakeside, list, "/scheduling/no-shows/write", [missed]);

        Assert.Equal("/scheduling/no-shows", refused.Headers.Location!.ToString());
        Assert.Contains("Choose at least one row", (await lakeside.PageAsync("/scheduling/no-shows")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await hr.GetAsync("/scheduling/no-shows")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(hr, list, "/scheduling/no-shows/write", [missed])).StatusCode);
    }

    [Fact]
    public async Task A_wrong_text_of_the_practice_stops_letters_before_the_first_is_written()
    {
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var visit = await VisitAsync(await PatientAsync("Wrong", "en"), Clinic.Now.AddMonths(-14), "checked-out");
        await clinic.SqlAsync("insert into core.letter_texts values (gen_random_uuid(), 'scheduling.recall-letter', 'es', 1, '{{ zip }}', now(), 'another program')");

        await SendAsync(desk, await desk.PageAsync("/scheduling/recalls"), "/scheduling/recalls/write", [visit]);

        var said = (await desk.PageAsync("/scheduling/recalls")).Body!.TextContent;
        Assert.Contains("No letter is written: the practice’s own text of Recall letter (es) is wrong. Line 1, column 4: “zip” is no word of this letter.", said, StringComparison.Ordinal);
        await clinic.SqlAsync("delete from core.letter_texts where kind = 'scheduling.recall-letter'");
    }

    [Fact]
    public async Task Due_for_a_recall_is_whose_last_visit_was_long_ago_with_none_booked()
    {
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var (due, back, booked) = (await PatientAsync("Dueone", "en"), await PatientAsync("Backtwo", "en"), await PatientAsync("Bookedthree", "en"));
        await VisitAsync(due, Clinic.Now.AddMonths(-30), "checked-out");
        await VisitAsync(due, Clinic.Now.AddMonths(-15), "checked-out");
        await VisitAsync(due, Clinic.Now.AddMonths(-3), "no-show");
        await VisitAsync(back, Clinic.Now.AddMonths(-15).AddHours(1), "checked-out");
        await VisitAsync(back, Clinic.Now.AddMonths(-2), "checked-out");
        await VisitAsync(booked, Clinic.Now.AddMonths(-15).AddHours(2), "checked-out");
        await VisitAsync(booked, Clinic.Now.AddDays(9), "booked");

        var names = (await desk.PageAsync("/scheduling/recalls")).QuerySelector("table")!.TextContent;
        var longAgo = (await desk.PageAsync("/scheduling/recalls?last=24-60")).QuerySelector("main")!.TextContent;

        Assert.Contains("Dueone", names, StringComparison.Ordinal);
        Assert.DoesNotContain("Backtwo", names, StringComparison.Ordinal);
        Assert.DoesNotContain("Bookedthree", names, StringComparison.Ordinal);
        Assert.DoesNotContain("Dueone", longAgo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_seen_since_at_a_location_that_this_desk_does_not_see_is_not_due()
    {
        using var main = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk, [TestHost.NorthMain]);
        var (due, seen) = (await PatientAsync("Duehere", "en"), await PatientAsync("Seenthere", "en"));
        await VisitAsync(due, Clinic.Now.AddMonths(-16), "checked-out");
        await VisitAsync(seen, Clinic.Now.AddMonths(-16).AddHours(1), "checked-out");
        var there = await VisitAsync(seen, Clinic.Now.AddMonths(-1), "checked-out");
        await clinic.SqlAsync($"update scheduling.visits set location_id = '{TestHost.NorthLake}' where id = '{there}'");

        var list = (await main.PageAsync("/scheduling/recalls")).QuerySelector("table")!.TextContent;

        Assert.Contains("Duehere", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Seenthere", list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/scheduling/no-shows", "no-show", -1)]
    [InlineData("/scheduling/recalls", "checked-out", -500)]
    public async Task A_restricted_patient_is_in_no_file(string path, string status, int days)
    {
        using var manager = await clinic.Host.SignInAsync(clinic.North, Roles.Manager);
        var (plain, hidden) = ($"Plain{days}", $"Hidden{days}");
        var restricted = await PatientAsync(hidden, "en");
        await VisitAsync(await PatientAsync(plain, "en"), Clinic.Now.AddDays(days), status);
        await VisitAsync(restricted, Clinic.Now.AddDays(days).AddHours(1), status);
        await clinic.SqlAsync($"update scheduling.patients set restricted = true where id = '{restricted}'");

        var (file, page) = (await manager.GetAsync($"{path}?format=csv"), await manager.PageAsync(path));

        var rows = await file.Content.ReadAsStringAsync();
        Assert.Contains(plain, rows, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden, rows, StringComparison.Ordinal);
        // Here nobody shut the chart to this person: on the page it stays.
        Assert.Contains(hidden, page.Body!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestClient client, IHtmlDocument page, string to, Guid[] ids)
    {
        var token = page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
        return await client.Http.PostAsync(to, new FormUrlEncodedContent(
            ids.Select(id => KeyValuePair.Create("id", $"{id}")).Append(new("__RequestVerificationToken", token))));
    }

    private static async Task<string> PostAsync(TestClient client, IHtmlDocument page, string to, Guid[] ids)
    {
        var response = await SendAsync(client, page, to, ids);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("/mail-merge/", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        return response.Headers.Location.ToString();
    }

    private async Task<(IHtmlDocument Page, byte[] Pdf)> DoneAsync(TestClient client, string merge)
    {
        await clinic.North.UntilAsync($"select ended_at is not null from core.mail_merges where id = '{merge.Split('/')[^1]}'", true);
        var pdf = await client.GetAsync(merge + "/pdf");
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType!.MediaType);
        return (await client.PageAsync(merge), await pdf.Content.ReadAsByteArrayAsync());
    }

    private async Task<Guid> PatientAsync(string last, string language)
    {
        var id = Guid.CreateVersion7();
        await clinic.Host.PublishAsync(clinic.North, new PatientChanged(id, 1, $"L{id:N}"[..12], "Ana", last, null, new(1980, 1, 1), "F", null, null, false, true, language));
        await clinic.North.UntilAsync($"select count(*) from scheduling.patients where id = '{id}'", 1L);
        return id;
    }

    private async Task<Guid> VisitAsync(Guid patient, DateTimeOffset at, string status)
    {
        var (id, provider) = (Guid.CreateVersion7(), await clinic.AddProviderAsync($"Dr. {Guid.CreateVersion7():N}"[..20]));
        await clinic.SqlAsync($"""
            insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone,
                starts_at, ends_at, held_from, held_to, booking_key, booked_at, booked_by, status, ended_at, arrived_at, checked_out_at)
            select '{id}', p.id, '{provider}', '{TestHost.NorthMain}', '{clinic.FollowUp}', p.name, 'Dr. Letter', 'Follow-up', 'visit', 'America/New_York',
                t, t + interval '20 minutes', t, t + interval '20 minutes', '{id}', t - interval '9 days', 'somebody', '{status}',
                case when '{status}' = 'no-show' then t end, case when '{status}' = 'checked-out' then t end, case when '{status}' = 'checked-out' then t end
            from scheduling.patients p, (select timestamptz '{at:O}' t) x where p.id = '{patient}'
            """);
        return id;
    }
}
