using System.Net;
using AngleSharp.Html.Dom;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Links;

/// <summary>
/// A link from its making to its end, with the specialist's reply as the page behind it, and what becomes of those who guess, share, keep
/// or copy one.
/// </summary>
public sealed class LinkTests(LinkTests.OwnHost own) : IClassFixture<LinkTests.OwnHost>
{
    /// <summary>Looks are counted by address, and others look at the shared host.</summary>
    public sealed class OwnHost : IAsyncLifetime
    {
        public TestHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    private const string Born = "5/31/1980";

    private TestHost Host => own.Host;

    private Practice North => Host.North;

    [Fact]
    public async Task A_specialist_replies_once_after_the_date_of_birth_and_all_of_it_is_in_the_log()
    {
        var referral = await PlantAsync(North);
        using var nurse = await Host.SignInAsync(North, Roles.Nurse);
        var (link, address) = await MakeAsync(nurse, referral);
        using var specialist = Host.Client(North);

        var question = await FollowAsync(specialist, address);
        Assert.DoesNotContain("Vale, Ada", question.Body!.TextContent, StringComparison.Ordinal);
        using var wrong = await specialist.SubmitAsync(question, "#prove", ("BirthDate", "1/1/1990"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("Tries left: 4.", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var page = await ProveAsync(specialist, address);
        Assert.Contains("Vale, Ada", page.Body!.TextContent, StringComparison.Ordinal);
        using var empty = await specialist.SubmitAsync(page, "#reply", ("Summary", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        using var sent = await specialist.SubmitAsync(page, "#reply", ("Summary", "All is well"), ("Name", "Ines Marlow"));

        Assert.StartsWith("/public/received", sent.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("replied All is well\nInes Marlow",
            await North.AskAsync<string>($"select step || ' ' || reply from referrals.referrals where id = '{referral}'"));
        Assert.Equal("Dr. Marlow (by link)",
            await North.AskAsync<string>($"select by from referrals.referral_steps where row_id = '{referral}' and step = 'receive'"));
        using var again = await specialist.GetAsync(address);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Contains("This link was used", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(["made a link", "opened a link", "used a link", "wrong date of birth at a link"], await NotedAsync(link));
        Assert.Equal(1L, await North.AskAsync<long>($"""
            select count(*) from audit.entries where row_id = '{link}' and what = 'used a link'
                and person_id is null and person_name = 'Dr. Marlow (by link)' and patient_ids = array['{referral}'::uuid]
            """));
        Assert.Contains("Used", (await nurse.PageAsync($"/links/{link}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_send_at_once_one_reply_is_taken()
    {
        var referral = await PlantAsync(North);
        using var nurse = await Host.SignInAsync(North, Roles.Nurse);
        var (_, address) = await MakeAsync(nurse, referral);
        using var one = Host.Client(North);
        using var two = Host.Client(North);
        var pages = new[] { await ProveAsync(one, address), await ProveAsync(two, address) };

        var answers = await Task.WhenAll(
            one.SubmitAsync(pages[0], "#reply", ("Summary", "First"), ("Name", "A")), two.SubmitAsync(pages[1], "#reply", ("Summary", "Second"), ("Name", "B")));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Gone], answers.Select(a => a.StatusCode).Order());
        Assert.Equal(1L, await North.AskAsync<long>(
            $"select count(*) from referrals.referral_steps where row_id = '{referral}' and step = 'receive'"));
    }

    [Fact]
    public async Task Five_wrong_dates_shut_a_link_whether_sent_one_by_one_or_at_once()
    {
        var referral = await PlantAsync(North);
        using var nurse = await Host.SignInAsync(North, Roles.Nurse);
        var (link, address) = await MakeAsync(nurse, referral);
        using var guesser = Host.Client(North);
        var question = await FollowAsync(guesser, address);

        var answers = await Task.WhenAll(Enumerable.Range(1, 12).Select(day => guesser.SubmitAsync(question, "#prove", ("BirthDate", $"3/{day}/1970"))));

        Assert.Equal(4, answers.Count(a => a.StatusCode == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(8, answers.Count(a => a.StatusCode == HttpStatusCode.Gone));
        Assert.Equal(5, await North.AskAsync<int>($"select tries from core.public_links where id = '{link}'"));
        using var late = await guesser.SubmitAsync(question, "#prove", ("BirthDate", Born));
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        Assert.Contains("This link is closed", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_ended_or_was_revoked_opens_nothing_and_says_nothing_of_what_it_was_for()
    {
        var referral = await PlantAsync(North);
        using var nurse = await Host.SignInAsync(North, Roles.Nurse);
        var (ended, first) = await MakeAsync(nurse, referral);
        var (revoked, second) = await MakeAsync(nurse, referral);
        using var specialist = Host.Client(North);
        var open = await ProveAsync(specialist, second);
        await North.AskAsync<Guid>(
            $"update core.public_links set made_at = now() - interval '9 days', expires_at = now() - interval '1 second' where id = '{ended}' returning id");
        Assert.Equal(HttpStatusCode.Redirect, (await nurse.SubmitAsync(await nurse.PageAsync($"/links/{revoked}"), $"form[action='/links/{revoked}/revoke']")).StatusCode);

        using var late = await specialist.SubmitAsync(open, "#reply", ("Summary", "Late"), ("Name", "A"));
        foreach (var answer in new[] { await specialist.GetAsync(first), await specialist.GetAsync(second), late })
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
            Assert.Contains("This link has ended", text, StringComparison.Ordinal);
            Assert.DoesNotContain("referral", text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal("sent", await North.AskAsync<string>($"select step from referrals.referrals where id = '{referral}'"));
        Assert.Contains("revoked a link", await NotedAsync(revoked));
        var list = await nurse.PageAsync($"/links?kind=referrals.reply&subject={referral}");
        Assert.Equal(["Ended", "Revoked"], list.QuerySelectorAll("tbody td[data-label=State]").Select(c => c.TextContent.Trim()).Order());
    }

    [Fact]
    public async Task A_link_of_one_practice_is_nothing_at_the_other_where_the_same_rows_are()
    {
        var referral = await PlantAsync(North);
        using var nurse = await Host.SignInAsync(North, Roles.Nurse);
        var (link, address) = await MakeAsync(nurse, referral);
        await North.AskAsync<Guid>($"update core.public_links set birth_digest = null where id = '{link}' returning id");
        var digest = await North.AskAsync<byte[]>($"select token_digest from core.public_links where id = '{link}'");
        await Host.South.AskAsync<Guid>($"""
            insert into core.public_links (id, kind, token_digest, subject_id, recipient, language, made_at, made_by_name, expires_at)
            values ('{link}', 'referrals.reply', '\x{Convert.ToHexString(digest)}', '{referral}', 'x', 'en', now(), 'x', now() + interval '1 day') returning id
            """);
        using var south = Host.Client(Host.South);

        Assert.Equal(HttpStatusCode.NotFound, (await south.GetAsync(address)).StatusCode);
        Assert.Equal(0L, await North.AskAsync<long>(
            $"select count(*) from core.public_links where position(convert_to('{address.Split('/')[^1]}', 'UTF8') in token_digest) > 0"));
    }

    [Fact]
    public async Task A_form_is_sent_from_its_own_page_of_its_own_link_or_not_at_all()
    {
        var (one, two) = (await PlantAsync(North), await PlantAsync(North));
        using var nurse = await Host.SignInAsync(North, Roles.Nurse);
        var (first, second) = ((await MakeAsync(nurse, one)).Address, (await MakeAsync(nurse, two)).Address);
        using var specialist = Host.Client(North);
        var page = await ProveAsync(specialist, first);
        await ProveAsync(specialist, second);
        var fields = FormFields.Of((IHtmlFormElement)page.QuerySelector("#reply")!).Where(f => f.Key is not "Summary").Append(new("Summary", "x")).ToList();

        using var foreign = await specialist.Http.PostAsync(second, new FormUrlEncodedContent(fields));
        using var bare = await specialist.Http.PostAsync(first, new FormUrlEncodedContent(fields.Where(f => f.Key != "__RequestVerificationToken")));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (foreign.StatusCode, bare.StatusCode));
        Assert.Contains("This form could not be sent", await bare.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2L, await North.AskAsync<long>($"select count(*) from referrals.referrals where id in ('{one}', '{two}') and step = 'sent'"));
    }

    [Fact]
    public async Task A_huge_form_is_refused_before_it_is_read()
    {
        var referral = await PlantAsync(North);
        using var nurse = await Host.SignInAsync(North, Roles.Nurse);
        var (_, address) = await MakeAsync(nurse, referral);
        using var specialist = Host.Client(North);
        await ProveAsync(specialist, address);

        using var question = await PutAsync(specialist, address.Replace("/referrals/replies/", "/prove/", StringComparison.Ordinal), 100_000);
        using var reply = await PutAsync(specialist, address, 26 * 1024 * 1024);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (question.StatusCode, reply.StatusCode));
    }

    /// <summary>Asks first whether it may, as clients do with what is large: the answer comes before the body.</summary>
    private static async Task<HttpResponseMessage> PutAsync(TestClient client, string address, int bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(new byte[bytes]) { Headers = { ContentType = new("application/x-www-form-urlencoded") } },
        };
        request.Headers.ExpectContinue = true;
        return await client.Http.SendAsync(request);
    }

    [Fact]
    public async Task Whoever_lacks_the_permission_or_works_elsewhere_sees_prints_and_revokes_no_link()
    {
        var referral = await PlantAsync(North);
        using var nurse = await Host.SignInAsync(North, Roles.Nurse);
        var (link, address) = await MakeAsync(nurse, referral);
        using var biller = await Host.SignInAsync(North, Roles.Biller);
        using var lake = await Host.SignInAsync(North, Roles.Nurse, [TestHost.NorthLake]);

        foreach (var other in new[] { biller, lake })
        {
            var token = (await other.PageAsync("/account")).QuerySelector("meta[name=request-token]")!.GetAttribute("content")!;
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/links/{link}")).StatusCode);
            foreach (var act in new[] { "print", "revoke" })
            {
                using var answer = await other.Http.PostAsync($"/links/{link}/{act}",
                    new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("token", address.Split('/')[^1])]));
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }
        }

        Assert.Equal(1L, await North.AskAsync<long>($"select count(*) from core.public_links where id = '{link}' and revoked_at is null"));
    }

    [Fact]
    public async Task The_link_is_shown_once_and_printed_with_its_code()
    {
        var referral = await PlantAsync(North);
        using var nurse = await Host.SignInAsync(North, Roles.Nurse);
        using var made = await PostLinkAsync(nurse, referral);
        var shown = await nurse.PageAsync(made.Headers.Location!.ToString());
        var address = shown.QuerySelector("#link")!.TextContent;

        using var sheet = await nurse.SubmitAsync(shown, "form[action$='/print']");

        Assert.Equal("application/pdf", sheet.Content.Headers.ContentType!.MediaType);
        var (text, _, _) = Assert.Single(PdfText.Pages(await sheet.Content.ReadAsByteArrayAsync()));
        Assert.Contains("ForDr.Marlow", text, StringComparison.Ordinal);
        Assert.Contains(address.Split('/')[^1], text, StringComparison.Ordinal);
        Assert.Null((await nurse.PageAsync(made.Headers.Location!.ToString())).QuerySelector("#link"));
    }

    [Fact]
    public async Task Who_guesses_links_is_stopped()
    {
        // On a host of its own: whoever comes after from the same address is stopped as well.
        await using var host = await TestHost.StartAsync();
        using var guesser = host.Client(host.South);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 32; i++)
        {
            answers.Add((await guesser.GetAsync($"/public/referrals/replies/{i:00}23456789abcdefghjkmnpqrs")).StatusCode);
        }

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests), (answers[0], answers[^1]));
    }

    private async Task<string[]> NotedAsync(Guid link) =>
        await North.AskAsync<string[]>($"select array(select distinct what from audit.entries where row_id = '{link}' order by what)");

    private static async Task<(Guid Link, string Address)> MakeAsync(TestClient person, Guid referral)
    {
        using var made = await PostLinkAsync(person, referral);
        var page = await person.PageAsync(made.Headers.Location!.ToString());
        return (Guid.Parse(made.Headers.Location!.ToString().Split('/')[^1]), new Uri(page.QuerySelector("#link")!.TextContent).AbsolutePath);
    }

    private static async Task<HttpResponseMessage> PostLinkAsync(TestClient person, Guid referral)
    {
        var made = await person.SubmitAsync(await person.PageAsync($"/referrals/referrals/{referral}/link"), $"form[action$='/{referral}/link']", ("For", "Dr. Marlow"));
        Assert.True(made.StatusCode == HttpStatusCode.Redirect, await made.Content.ReadAsStringAsync());
        return made;
    }

    private static async Task<IHtmlDocument> FollowAsync(TestClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await client.PageAsync(answer.Headers.Location!.ToString());
    }

    private static async Task<IHtmlDocument> ProveAsync(TestClient client, string address)
    {
        using var proven = await client.SubmitAsync(await FollowAsync(client, address), "#prove", ("BirthDate", Born));
        Assert.True(proven.StatusCode == HttpStatusCode.Redirect, await proven.Content.ReadAsStringAsync());
        return await client.PageAsync(proven.Headers.Location!.ToString());
    }

    /// <summary>A referral that was sent, whose id is its patient's as well.</summary>
    private static async Task<Guid> PlantAsync(Practice practice)
    {
        var row = Guid.CreateVersion7();
        await practice.AskAsync<Guid>($"""
            with s as (insert into referrals.specialists (id, name) values ('{row}', 'Dr. {row:N}') returning id),
                p as (insert into referrals.patients (id, version, record_number, name, birth_date, sex, active, find)
                    values ('{row}', 1, 'R-{row:N}', 'Vale, Ada', '1980-05-31', 'F', true, ' vale'))
            insert into referrals.referrals (id, location_id, zone, patient_id, patient_name, specialist_id, specialist_name, reason, urgency, step, written_on, written_by,
                form_key, due_on, sent_on, sent_how)
            select '{row}', '{TestHost.NorthMain}', 'America/New_York', '{row}', 'Vale, Ada', s.id, 'Dr. New', 'Chest pain', 'routine', 'sent', '2026-01-05', 'somebody',
                '{row}', '2026-01-19', '2026-01-06', 'mail' from s returning id
            """);
        return row;
    }
}
