using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.PatientAccess;
using Modular.Host.Practices;
using Modular.Host.Signatures;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Signatures;

/// <summary>An agreement of the patients module is signed at the desk, on a tablet and at home, and what was signed stays as it was.</summary>
public sealed class SignatureTests(SignatureTests.OwnHost own) : IClassFixture<SignatureTests.OwnHost>
{
    public sealed class OwnHost : IAsyncLifetime
    {
        public TestClock Clock { get; } = new();

        public TestHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(Clock));

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    private const string Wording = "I agree to pay.\nWithin thirty days, “all of it”.";
    private const string Drawing = "10,20-30,40-55,60 100,100";

    private TestHost Host => own.Host;

    private Practice North => Host.North;

    [Fact]
    public async Task What_is_signed_at_the_desk_is_kept_to_the_letter_with_who_when_where_and_who_was_there()
    {
        var (patient, form) = await PlantAsync();
        using var desk = await Host.SignInAsync(North, Roles.FrontDesk);
        var page = await desk.PageAsync($"/patients/agreements/{patient}/sign?form={form}");
        using var blank = await desk.SubmitAsync(page, "#sign", ("Signature.Name", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, blank.StatusCode);
        Assert.Contains("Check this box to sign.", await blank.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var signed = await desk.SubmitAsync(page, "#sign", ("Signature.Name", "Ada Vale"),
            ("Signature.Drawn", Drawing), ("Signature.Agreed", "true"));

        Assert.Equal(HttpStatusCode.Redirect, signed.StatusCode);
        var id = await SignatureOfAsync(patient);
        Assert.Equal(Wording, await North.AskAsync<string>($"select convert_from(body, 'UTF8') from core.signatures where id = '{id}'"));
        Assert.Equal("desk|Lakeside|Test north.front-desk.all|Ada Vale|The patient|" + Drawing, await North.AskAsync<string>(
            $"select concat_ws('|', how, place, present_name, signer, relationship, drawn) from core.signatures where id = '{id}'"));
        var certificate = await desk.PageAsync($"/signatures/{id}");
        Assert.Contains("are as they were when it was signed", certificate.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, certificate.QuerySelectorAll("svg.signature polyline").Length);
        var digest = await North.AskAsync<string>($"select encode(digest, 'hex') from core.signatures where id = '{id}'");
        Assert.Contains(digest, certificate.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal(1L, await North.AskAsync<long>($"select count(*) from audit.entries where row_id = '{id}' and what = 'signed' and reason like '%{digest}'"));
        using var pdf = await desk.GetAsync($"/signatures/{id}?pdf=1");
        var text = string.Concat(PdfText.Pages(await pdf.Content.ReadAsByteArrayAsync()).Select(p => p.Text));
        text = text.Replace(" ", "", StringComparison.Ordinal);
        Assert.Contains("Withinthirtydays", text, StringComparison.Ordinal);
        Assert.Contains(digest, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_changes_what_was_signed_and_a_record_that_was_changed_all_the_same_says_so()
    {
        var (patient, form) = await PlantAsync();
        using var desk = await Host.SignInAsync(North, Roles.FrontDesk);
        await SignAsync(desk, patient, form);
        var id = await SignatureOfAsync(patient);

        await Assert.ThrowsAsync<PostgresException>(() => North.AskAsync<Guid>($"update core.signatures set signer = 'Somebody else' where id = '{id}' returning id"));
        await North.AskAsync<Guid>($"""
            alter table core.signatures disable trigger stays;
            update core.signatures set body = convert_to('I pay nothing.', 'UTF8'), sha256 = sha256(convert_to('I pay nothing.', 'UTF8')) where id = '{id}' returning id;
            """);
        await North.AskAsync<int>("alter table core.signatures enable trigger stays; select 1");

        Assert.Contains("Do not rely on it", (await desk.PageAsync($"/signatures/{id}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_home_it_is_signed_in_spanish_by_a_typed_name_and_the_practice_has_the_certificate()
    {
        var (patient, form) = await PlantAsync("es");
        using var desk = await Host.SignInAsync(North, Roles.FrontDesk);
        var made = await desk.SubmitAsync(await desk.PageAsync($"/patients/agreements/{patient}/sign?form={form}"), "form[action*='/sign/link']");
        var address = new Uri((await desk.PageAsync(made.Headers.Location!.ToString())).QuerySelector("#link")!.TextContent).AbsolutePath;
        using var home = Host.Client(North);
        using var asked = await home.GetAsync(address);
        var proven = await home.SubmitAsync(await home.PageAsync(asked.Headers.Location!.ToString()), "#prove", ("BirthDate", "5/31/1980"));
        var page = await home.PageAsync(proven.Headers.Location!.ToString());
        Assert.Equal("es", page.DocumentElement.GetAttribute("lang"));
        using var unsure = await home.SubmitAsync(page, "#sign", ("Signature.Relationship", "parent"));
        Assert.Contains("Marque esta casilla para firmar.", await unsure.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            home.SubmitAsync(page, "#sign", ("Signature.Name", "Ana Vale"), ("Signature.Relationship", "parent"), ("Signature.Agreed", "true"))));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Gone, HttpStatusCode.Gone], answers.Select(a => a.StatusCode).Order());
        var id = await SignatureOfAsync(patient);
        Assert.Equal(("link", "Padre o madre", "Ana Vale", "Ada Vale (by link)"), (
            await North.AskAsync<string>($"select how from core.signatures where id = '{id}' and present_name is null and drawn is null"),
            await North.AskAsync<string>($"select relationship from core.signatures where id = '{id}'"),
            await North.AskAsync<string>($"select signed_by from patients.agreements where signature_id = '{id}' and relationship = 'parent'"),
            await North.AskAsync<string>($"select taken_by from patients.agreements where signature_id = '{id}'")));
        Assert.Contains("Typed: Ana Vale", (await desk.PageAsync($"/signatures/{id}")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Certificate", (await desk.PageAsync($"/patients/privacy/{patient}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_signed_at_home_has_a_copy_by_the_same_link_until_it_ends_and_after_the_date_of_birth()
    {
        var (patient, form) = await PlantAsync("es", wording: "es");
        using var desk = await Host.SignInAsync(North, Roles.FrontDesk);
        var address = await LinkAsync(desk, patient, form);
        using var home = Host.Client(North);
        var page = await ProveAsync(home, address);
        Assert.Equal("es", page.QuerySelector(".wording")!.GetAttribute("lang"));
        using var signed = await home.SubmitAsync(page, "#sign", ("Signature.Name", "Ana Vale"), ("Signature.Relationship", "parent"), ("Signature.Agreed", "true"));
        Assert.Contains("abra el mismo enlace otra vez", (await home.PageAsync(signed.Headers.Location!.ToString())).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("es", await North.AskAsync<string>($"select language from core.signatures where patient_id = '{patient}'"));

        using var again = await home.GetAsync(address);
        var copy = await home.PageAsync(again.Headers.Location!.ToString());
        Assert.Equal(Wording, copy.QuerySelector(".wording")!.TextContent);
        Assert.Contains("Ana Vale, Padre o madre", copy.Body!.TextContent, StringComparison.Ordinal);
        using var pdf = await home.GetAsync(again.Headers.Location + "?pdf=1");
        Assert.Contains("Withinthirtydays", string.Concat(PdfText.Pages(await pdf.Content.ReadAsByteArrayAsync()).Select(p => p.Text)).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        using var twice = await home.SubmitAsync(page, "#sign", ("Signature.Agreed", "true"));
        Assert.Equal(HttpStatusCode.Gone, twice.StatusCode);
        Assert.Equal(2L, await North.AskAsync<long>($"select count(*) from audit.entries where what = 'opened a copy of what was signed' and '{patient}' = any(patient_ids)"));

        // Another browser is asked first; five wrong answers shut it as before.
        using var other = Host.Client(North);
        var question = await other.PageAsync((await other.GetAsync((await other.GetAsync(address)).Headers.Location!.ToString())).Headers.Location!.ToString());
        using var wrong = await other.SubmitAsync(question, "#prove", ("BirthDate", "1/1/1990"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var right = await other.SubmitAsync(question, "#prove", ("BirthDate", "5/31/1980"));
        Assert.StartsWith("/public/copy/", (await other.GetAsync(right.Headers.Location!.ToString())).Headers.Location!.ToString(), StringComparison.Ordinal);

        own.Clock.Move(TimeSpan.FromDays(8));
        using var late = await home.GetAsync(address);
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        using var lateCopy = await home.GetAsync(again.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Gone, lateCopy.StatusCode);
    }

    [Fact]
    public async Task A_restricted_chart_is_open_to_the_link_of_its_own_patient_and_to_no_other()
    {
        var (patient, form) = await PlantAsync();
        var other = Guid.NewGuid();
        using var desk = await Host.SignInAsync(North, Roles.FrontDesk);
        var address = await LinkAsync(desk, patient, form);
        await North.AskAsync<Guid>($"update patients.patients set restricted = true where id = '{patient}' returning id");
        Host.ForgetCharts(North);
        Assert.NotEqual(HttpStatusCode.OK, (await desk.GetAsync($"/patients/agreements/{patient}/sign?form={form}")).StatusCode);

        using var home = Host.Client(North);
        var page = await ProveAsync(home, address);
        using var signed = await home.SubmitAsync(page, "#sign", ("Signature.Agreed", "true"));
        Assert.StartsWith("/public/received", signed.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(1L, await North.AskAsync<long>($"select count(*) from core.signatures where patient_id = '{patient}'"));

        // A link about somebody else shows nothing of it: the rule itself, since no page of a link names a second patient.
        var now = DateTimeOffset.UnixEpoch;
        var charts = new ChartsOf(new Dictionary<Guid, Opening[]> { [patient] = [], [other] = [] }, null, now) { LinkedTo = other };
        Assert.True(charts.IsShut(patient));
        Assert.False(charts.IsShut(other));
        Assert.Equal([patient], charts.Shut());
    }

    [Fact]
    public async Task A_screen_that_is_handed_over_shows_the_document_alone_and_comes_back_locked()
    {
        var (patient, form) = await PlantAsync();
        using var tablet = Host.Client(North);
        await Host.People.AddAsync(North, "tablet.desk", [Roles.FrontDesk]);
        await TestPeople.SignInAsync(tablet, "tablet.desk");

        using var handed = await tablet.SubmitAsync(await tablet.PageAsync($"/patients/agreements/{patient}/sign?form={form}"), "form[action*='/sign/tablet']");
        var page = await tablet.PageAsync(handed.Headers.Location!.ToString());
        Assert.Null(page.QuerySelector("#rail, [role=search], .banner, header a[href='/']"));
        foreach (var url in new[] { "/", $"/patients/charts/{patient}" })
        {
            Assert.StartsWith("/lock", (await tablet.GetAsync(url)).Headers.Location!.ToString(), StringComparison.Ordinal);
        }

        using var signed = await tablet.SubmitAsync(page, "#sign", ("Signature.Agreed", "true"));
        var thanks = await tablet.PageAsync(signed.Headers.Location!.ToString());

        Assert.Equal("/lock", thanks.QuerySelector("main a")!.GetAttribute("href"));
        Assert.Equal("tablet|Test tablet.desk",
            await North.AskAsync<string>($"select how || '|' || present_name from core.signatures where id = '{await SignatureOfAsync(patient)}'"));
        var unlocked = await tablet.SubmitAsync(await tablet.PageAsync("/lock"), "form#unlock", ("password", TestPeople.Password));
        Assert.Equal(HttpStatusCode.Redirect, unlocked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await tablet.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Staff_sign_off_after_proving_who_they_are_once_each()
    {
        var (patient, form) = await PlantAsync();
        await Host.People.AddAsync(North, "sign.off", [Roles.Manager]);
        using var manager = Host.Client(North);
        await TestPeople.SignInAsync(manager, "sign.off");
        await SignAsync(manager, patient, form);
        var id = await SignatureOfAsync(patient);
        var page = await manager.PageAsync($"/signatures/{id}");
        own.Clock.Move(Modular.Host.Callers.Session.StepUpFor + TimeSpan.FromMinutes(1));

        using var asked = await manager.SubmitAsync(page, "form[action$='/sign-off']");
        Assert.StartsWith("/account/confirm", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
        await manager.SubmitAsync(await manager.PageAsync("/account/confirm"), "form#confirm", ("password", TestPeople.Password));
        foreach (var _ in new[] { 1, 2 })
        {
            using var done = await manager.SubmitAsync(page, "form[action$='/sign-off']");
            Assert.Equal($"/signatures/{id}", done.Headers.Location!.ToString());
        }

        Assert.Contains("Signed off by Test sign.off", (await manager.PageAsync($"/signatures/{id}")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1L, await North.AskAsync<long>($"select count(*) from core.signature_sign_offs where signature_id = '{id}'"));
    }

    [Theory]
    [InlineData("10,20-30,40 5,5", true)]
    [InlineData("0,0-600,200", true)]
    [InlineData("601,0", false)]
    [InlineData("0,201", false)]
    [InlineData("-1,0", false)]
    [InlineData("1,2,3", false)]
    [InlineData("<svg>", false)]
    [InlineData("1,2--3,4", false)]
    [InlineData(" ", false)]
    public void A_drawing_is_points_of_the_pad_and_nothing_else(string drawn, bool taken) => Assert.Equal(taken, SignatureRow.Strokes(drawn) is not null);

    [Fact]
    public void A_drawing_that_is_too_long_is_none() => Assert.Null(SignatureRow.Strokes(string.Join('-', Enumerable.Repeat("100,100", 3000))));

    private static async Task SignAsync(TestClient person, Guid patient, Guid form)
    {
        using var signed = await person.SubmitAsync(await person.PageAsync($"/patients/agreements/{patient}/sign?form={form}"), "#sign", ("Signature.Agreed", "true"));
        Assert.True(signed.StatusCode == HttpStatusCode.Redirect, await signed.Content.ReadAsStringAsync());
    }

    private Task<Guid> SignatureOfAsync(Guid patient) => North.AskAsync<Guid>($"select id from core.signatures where patient_id = '{patient}'");

    private async Task<string> LinkAsync(TestClient desk, Guid patient, Guid form)
    {
        using var made = await desk.SubmitAsync(await desk.PageAsync($"/patients/agreements/{patient}/sign?form={form}"), "form[action*='/sign/link']");
        return new Uri((await desk.PageAsync(made.Headers.Location!.ToString())).QuerySelector("#link")!.TextContent).AbsolutePath;
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> ProveAsync(TestClient home, string address)
    {
        using var asked = await home.GetAsync(address);
        using var proven = await home.SubmitAsync(await home.PageAsync(asked.Headers.Location!.ToString()), "#prove", ("BirthDate", "5/31/1980"));
        return await home.PageAsync(proven.Headers.Location!.ToString());
    }

    private async Task<(Guid Patient, Guid Form)> PlantAsync(string language = "en", string wording = "en")
    {
        var row = Guid.CreateVersion7();
        await North.AskAsync<Guid>($"""
            insert into patients.agreement_forms (id, kind, title, edition, in_use_from, body, language)
                values ('{row}', 'financial', 'Financial policy', right('{row}', 12), '2020-01-01', '{Wording}', '{wording}');
            insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at, language)
                values ('{row}', 'G-' || right('{row}', 12), 'Ada', 'Vale', '1980-05-31', 'F', now(), '{language}') returning id
            """);
        return (row, row);
    }
}
