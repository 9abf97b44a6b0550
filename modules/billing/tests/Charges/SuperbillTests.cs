using System.Net;
using Modular.Sdk;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Billing.Charges;

/// <summary>The superbill over HTTP: entering, closing, correcting, two people at once, and what the database refuses whoever asks.</summary>
public sealed class SuperbillTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_provider_enters_diagnoses_and_lines_and_the_biller_closes_them()
    {
        var encounter = await Billers.EncounterAsync(Host);
        using var provider = await Host.SignInAsync(Host.North, Roles.Provider);
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);

        var saved = await Billers.EnterAsync(provider, encounter, ("Diagnoses[0]", "z99.11"), ("Diagnoses[1]", "Z9912"), ("Lines[0].Code",
            Billers.Visit.ToLowerInvariant()),
            ("Lines[0].Modifiers", "25"), ("Lines[1].Code", Billers.Drug), ("Lines[1].Units", "3"), ("Lines[1].Pointers", "b"),
            ("Lines[1].Ndc", "0002-1433-80"), ("Lines[1].NdcQuantity", "1.5"), ("Lines[1].NdcUnit", "ML"));

        Assert.Equal($"/billing/superbill/{encounter}?at=line", saved.Headers.Location!.ToString());
        var page = await provider.PageAsync(saved.Headers.Location.ToString());
        Assert.Contains("$147.50", page.QuerySelector("form#superbill")!.TextContent);
        Assert.Equal("Lines[2].Code", page.QuerySelector("[autofocus]")!.GetAttribute("name"));
        Assert.Equal(("AB", "B"), (Billers.Value(page, "Lines[0].Pointers"), Billers.Value(page, "Lines[1].Pointers")));
        Assert.Null(page.QuerySelector("button[value=lock]"));

        var closed = await Billers.EnterAsync(biller, encounter, ("Does", "lock"));

        Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);
        Assert.Equal("ready 147.50 128.00,19.50 Z9911+Z9912;Z9912", await Host.North.AskAsync<string>($"""
            select e.state || ' ' || e.total || ' ' || string_agg(c.amount::text, ',' order by c.amount desc) || ' '
                || string_agg(array_to_string(c.diagnoses, '+'), ';' order by c.amount desc)
            from billing.encounters e join billing.charges c on c.encounter_id = e.id where e.id = '{encounter}' group by e.id
            """));
        Assert.Equal("00002143380 1.500 ML", await Host.North.AskAsync<string>($"select ndc || ' ' || ndc_quantity || ' ' || ndc_unit from billing.charge_lines where encounter_id = '{encounter}' and ndc is not null"));
        Assert.Null((await biller.PageAsync($"/billing/superbill/{encounter}")).QuerySelector("form#superbill"));
    }

    [Fact]
    public async Task What_cannot_be_taken_is_said_beside_its_field_and_all_that_was_typed_is_still_there()
    {
        var encounter = await Billers.EncounterAsync(Host);
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);

        var refused = await Billers.EnterAsync(biller, encounter,
            ("Diagnoses[0]", "Z9911"), ("Diagnoses[1]", "Z99.11"), ("Lines[0].Code", "Q9904"), ("Lines[0].Units", "-1"),
            ("Lines[0].Pointers", "AC"), ("Lines[0].Price", "a lot"), ("Lines[0].Modifiers", "255"), ("Lines[1].Ndc", "12"), ("ReferringNpi", "1234567890"), ("IncidentTo", "true"), ("Note", "Look at <b>this</b>"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await TestClient.ParseAsync(await refused.Content.ReadAsStringAsync());
        var said = page.QuerySelector(".errors")!.TextContent;
        foreach (var sentence in new[]
        {
            "Z99.11 stands here twice.", "“Q9904” is no code that may be charged on 06/10/2026.", "Units are more than 0", "There is no diagnosis C.", "Not an amount.",
            "“255” is no modifier", "Type the code of the service, or empty the line.", "A drug code has eleven digits", "An NPI has ten digits", "Incident-to needs the supervising provider.",
        })
        {
            Assert.Contains(sentence, said, StringComparison.Ordinal);
        }

        Assert.Equal(("Q9904", "-1", "AC", "a lot", "255", "12"), (Billers.Value(page, "Lines[0].Code"), Billers.Value(page, "Lines[0].Units"), Billers.Value(page, "Lines[0].Pointers"),
            Billers.Value(page, "Lines[0].Price"), Billers.Value(page, "Lines[0].Modifiers"), Billers.Value(page, "Lines[1].Ndc")));
        Assert.Equal("Look at <b>this</b>", Billers.Value(page, "Note"));
        Assert.Equal("open", await Billers.StateAsync(Host, encounter));
    }

    [Fact]
    public async Task Charges_without_a_price_or_diagnosis_are_saved_and_not_closed()
    {
        var encounter = await Billers.EncounterAsync(Host);
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);

        var refused = await Billers.EnterAsync(biller, encounter, ("Lines[0].Code", Billers.Unpriced), ("Does", "lock"));

        var said = await Billers.ErrorsAsync(refused);
        Assert.Contains("Enter at least one diagnosis.", said, StringComparison.Ordinal);
        Assert.Contains("no fee schedule has a price for it on that day. Type one.", said, StringComparison.Ordinal);
        Assert.Equal("entered", await Billers.StateAsync(Host, encounter));

        Assert.Equal(HttpStatusCode.Redirect, (await Billers.EnterAsync(biller, encounter,
            ("Diagnoses[0]", "Z9911"), ("Lines[0].Pointers", "A"), ("Lines[0].Price", "$1,240.5"), ("Does", "lock"))).StatusCode);
        Assert.Equal(1240.50m, await Host.North.AskAsync<decimal>($"select sum(amount) from billing.charges where encounter_id = '{encounter}'"));
    }

    [Fact]
    public async Task Of_two_people_the_later_sees_what_the_first_saved_keeps_their_own_and_decides()
    {
        var encounter = await Billers.EncounterAsync(Host);
        using var provider = await Host.SignInAsync(Host.North, Roles.Provider);
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        var (one, two) = (await provider.PageAsync($"/billing/superbill/{encounter}"), await biller.PageAsync($"/billing/superbill/{encounter}"));
        Assert.Equal(HttpStatusCode.Redirect, (await provider.SubmitAsync(one, "form#superbill", ("Diagnoses[0]", "Z9911"), ("Lines[0].Code",
            Billers.Visit))).StatusCode);

        var late = await biller.SubmitAsync(two, "form#superbill", ("Diagnoses[0]", "Z9912"), ("Lines[0].Code", Billers.Drug));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        var page = await TestClient.ParseAsync(await late.Content.ReadAsStringAsync(), two.Url);
        Assert.Contains("changed these charges after you opened them", page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll("section.card"), c => c.TextContent.Contains("As somebody else saved it", StringComparison.Ordinal)
            && c.TextContent.Contains(Billers.Visit, StringComparison.Ordinal));
        Assert.Equal(Billers.Drug, Billers.Value(page, "Lines[0].Code"));
        Assert.Equal(Billers.Visit, await Host.North.AskAsync<string>($"select string_agg(code, ',') from billing.charge_lines where encounter_id = '{encounter}'"));

        Assert.Equal(HttpStatusCode.Redirect, (await biller.SubmitAsync(page, "form#superbill")).StatusCode);
        Assert.Equal($"{Billers.Drug} Z9912", await Host.North.AskAsync<string>($"select l.code || ' ' || d.code from billing.charge_lines l join billing.diagnoses d using (encounter_id) where encounter_id = '{encounter}'"));
    }

    [Fact]
    public async Task Two_who_save_at_the_same_moment_leave_one_of_both_and_never_a_mixture()
    {
        var encounter = await Billers.EncounterAsync(Host);
        using var provider = await Host.SignInAsync(Host.North, Roles.Provider);
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        var (one, two) = (await provider.PageAsync($"/billing/superbill/{encounter}"), await biller.PageAsync($"/billing/superbill/{encounter}"));

        var answers = await Task.WhenAll(
            provider.SubmitAsync(one, "form#superbill", ("Diagnoses[0]", "Z9911"), ("Lines[0].Code", Billers.Visit)),
            biller.SubmitAsync(two, "form#superbill", ("Diagnoses[0]", "Z9912"), ("Lines[0].Code", Billers.Drug)));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity], answers.Select(a => a.StatusCode).Order());
        Assert.Contains(await Host.North.AskAsync<string>($"select string_agg(l.code || ' ' || d.code, ',') from billing.charge_lines l join billing.diagnoses d using (encounter_id) where encounter_id = '{encounter}'"),
            new[] { $"{Billers.Visit} Z9911", $"{Billers.Drug} Z9912" });
    }

    [Fact]
    public async Task A_correction_is_posted_as_new_entries_and_ending_it_reverses_them()
    {
        var encounter = await Billers.EncounterAsync(Host);
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        await Billers.EnterAsync(biller, encounter, ("Diagnoses[0]", "Z9911"), ("Lines[0].Code", Billers.Visit), ("Does", "lock"));
        Assert.Contains("Type the reason.", await Billers.ErrorsAsync(await StepAsync(biller, encounter, "reopen", ("Reason", " "))),
            StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await StepAsync(biller, encounter, "reopen", ("Reason", "Two units"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await Billers.EnterAsync(biller, encounter, ("Lines[0].Units", "2"), ("Does", "lock"))).StatusCode);
        Assert.Equal("128.00,-128.00,256.00", await AmountsAsync(encounter));

        Assert.Equal(HttpStatusCode.Redirect, (await StepAsync(biller, encounter, "end", ("How", "void"), ("Reason", "Entered twice"))).StatusCode);
        Assert.Equal("128.00,-128.00,256.00,-256.00", await AmountsAsync(encounter));
        Assert.Equal("void", await Billers.StateAsync(Host, encounter));
    }

    [Theory]
    [InlineData("update billing.charges set amount = 1 where encounter_id = '{0}'", "charges_stay")]
    [InlineData("delete from billing.charges where encounter_id = '{0}'", "charges_stay")]
    [InlineData("update billing.charge_lines set units = 2, amount = 256 where encounter_id = '{0}'", "encounters_locked")]
    [InlineData("insert into billing.diagnoses (encounter_id, position, code, name) values ('{0}', 2, 'Z9912', 'x')", "encounters_locked")]
    [InlineData("update billing.encounters set total = 1 where id = '{0}'", "encounters_total")]
    [InlineData("update billing.encounters set state = 'void', end_reason = 'x' where id = '{0}'", "encounters_posted")]
    [InlineData("update billing.encounters set state = 'entered' where id = '{0}'; update billing.charge_lines set pointers = '{{2}}' where encounter_id = '{0}'", "charge_lines_pointed")]
    [InlineData("update billing.encounters set state = 'entered' where id = '{0}'; update billing.charge_lines set units = 0, amount = 0 where encounter_id = '{0}'", "charge_lines_units")]
    [InlineData("update billing.encounters set state = 'entered' where id = '{0}'; insert into billing.diagnoses (encounter_id, position, code, name) values ('{0}', 13, 'Z9912', 'x')", "diagnoses_twelve")]
    [InlineData("update billing.encounters set state = 'entered' where id = '{0}'; update billing.charge_lines set position = 51 where encounter_id = '{0}'", "charge_lines_fifty")]
    public async Task The_database_keeps_the_promise_whoever_asks(string sql, string constraint)
    {
        var encounter = await Billers.EncounterAsync(Host);
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        await Billers.EnterAsync(biller, encounter, ("Diagnoses[0]", "Z9911"), ("Lines[0].Code", Billers.Visit), ("Does", "lock"));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => Billers.SqlAsync(Host, string.Format(null, sql, encounter)));

        Assert.Equal(constraint, refused.ConstraintName);
    }

    [Fact]
    public async Task Somebody_of_another_place_finds_no_encounter_and_who_may_only_read_changes_none()
    {
        var encounter = await Billers.EncounterAsync(Host);
        using var lake = await Host.SignInAsync(Host.North, Roles.Biller, [TestHost.NorthLake]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var provider = await Host.SignInAsync(Host.North, Roles.Provider);

        Assert.Equal(HttpStatusCode.NotFound, (await lake.GetAsync($"/billing/superbill/{encounter}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync($"/billing/superbill/{encounter}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await provider.GetAsync($"/billing/encounters/{encounter}/end")).StatusCode);
        await Billers.EnterAsync(provider, encounter, ("Diagnoses[0]", "Z9911"), ("Lines[0].Code", Billers.Visit), ("Does", "lock"));
        Assert.Equal("entered", await Billers.StateAsync(Host, encounter));
        Assert.DoesNotContain($"{encounter}", await (await lake.GetAsync("/billing/encounters")).Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_are_found_by_words_and_by_code_and_the_providers_own_come_first()
    {
        var encounter = await Billers.EncounterAsync(Host);
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        await Billers.EnterAsync(biller, encounter, ("Diagnoses[0]", "Z9911"), ("Lines[0].Code", Billers.Drug), ("Does", "lock"));
        var provider = await Host.North.AskAsync<Guid>($"select rendering_id from billing.encounters where id = '{encounter}'");

        Task<string[]> FoundAsync(string typed,
            string set = "services") => NamesAsync(biller, $"/billing/superbill/codes?set={set}&provider={provider}&on=2026-06-10&Lines[0].Code={typed}");

        Assert.Equal([Billers.Drug], await FoundAsync(""));
        Assert.Equal([Billers.Drug, Billers.Visit], (await FoundAsync("of test")).Take(2));
        Assert.Equal([Billers.Visit], await FoundAsync(Billers.Visit));
        Assert.DoesNotContain("Q9904", await FoundAsync("ended"));
        Assert.Contains("Z99.12", await FoundAsync("second", "diagnoses"));
        Assert.Empty(await FoundAsync("%25"));
    }

    private static async Task<string[]> NamesAsync(TestClient person, string url) =>
        [.. (await TestClient.ParseAsync(await (await person.GetAsync(url)).Content.ReadAsStringAsync())).QuerySelectorAll("[data-text]").Select(o => o.GetAttribute("data-text")!)];

    private static async Task<HttpResponseMessage> StepAsync(TestClient person, Guid encounter, string step, params (string, string)[] typed) =>
        await person.SubmitAsync(await person.PageAsync($"/billing/encounters/{encounter}/{step}"), $"form[action='/billing/encounters/{encounter}/{step}']", typed);

    private Task<string> AmountsAsync(Guid encounter) => Host.North.AskAsync<string>($"select string_agg(amount::text, ',' order by posted_at, amount) from billing.charges where encounter_id = '{encounter}'");
}
