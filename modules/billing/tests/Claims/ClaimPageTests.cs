using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Modular.Billing.X12;
using Modular.Sdk;
using Modular.Tests.Billing.Charges;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Billing.Claims;

/// <summary>Claims over HTTP: made when charges are closed, judged, held, sent in a file, corrected. Each test has rows of its own.</summary>
public sealed class ClaimPageTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task Closed_charges_make_a_claim_that_is_sent_in_a_file_which_the_validator_takes()
    {
        var seen = await SeenAsync();
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        await CloseAsync(biller, seen.Encounter);
        var claim = await ClaimAsync(seen.Encounter);
        Assert.Equal("to-send", await StateAsync(claim));
        Assert.Contains("Z99.11", (await biller.PageAsync($"/billing/claims/{claim}")).Body!.TextContent, StringComparison.Ordinal);

        var page = await biller.PageAsync("/billing/batches/send");
        var sent = await SendAsync(biller, seen, page);

        Assert.StartsWith("/billing/batches/", sent.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("sent", await StateAsync(claim));
        var file = await Host.North.AskAsync<byte[]>($"select b.file from billing.claim_batches b join billing.batch_claims c on c.batch_id = b.id where c.claim_id = '{claim}'");
        var read = X12Document.Read(file);
        Assert.Empty(read.Problems);
        var number = await Host.North.AskAsync<string>($"select number from billing.claims where id = '{claim}'");
        Assert.Contains($"CLM*{number}*128*", Encoding.ASCII.GetString(file), StringComparison.Ordinal);
        Assert.Contains("NM1*82*1*MARLOW*INES****XX*1679576722", Encoding.ASCII.GetString(file), StringComparison.Ordinal);

        // The same press again finds nothing, and the database would not take it twice.
        Assert.Equal("/billing/batches/send", (await SendAsync(biller, seen, page)).Headers.Location!.ToString());
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Billers.SqlAsync(Host, $"insert into billing.batch_claims (id, batch_id, claim_id, set_number) select gen_random_uuid(), batch_id, claim_id, '0002' from billing.batch_claims where claim_id = '{claim}'"));
        Assert.Equal("batch_claims_once", refused.ConstraintName);
    }

    [Fact]
    public async Task Two_billers_who_press_send_at_once_make_one_batch_and_a_batch_taken_back_frees_its_claims()
    {
        var seen = await SeenAsync();
        using var one = await Host.SignInAsync(Host.North, Roles.Biller);
        using var other = await Host.SignInAsync(Host.North, Roles.Biller);
        await CloseAsync(one, seen.Encounter);
        var claim = await ClaimAsync(seen.Encounter);

        var (first, second) = (await one.PageAsync("/billing/batches/send"), await other.PageAsync("/billing/batches/send"));
        var answers = await Task.WhenAll(SendAsync(one, seen, first), SendAsync(other, seen, second));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Equal(1, await Host.North.AskAsync<long>($"select count(*) from billing.batch_claims where claim_id = '{claim}'"));
        var batch = answers.Select(a => a.Headers.Location!.ToString()).Single(a => a != "/billing/batches/send");

        await one.SubmitAsync(await one.PageAsync(batch), "form[action$='take-back']");

        Assert.Equal("to-send", await StateAsync(claim));
        Assert.NotEqual("/billing/batches/send", (await SendAsync(one, seen)).Headers.Location!.ToString());
        Assert.Equal("sent", await StateAsync(claim));
    }

    [Fact]
    public async Task A_claim_without_enrollment_is_held_until_a_person_releases_it_with_a_reason()
    {
        var seen = await SeenAsync(enrolled: false);
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        await CloseAsync(biller, seen.Encounter);
        var claim = await ClaimAsync(seen.Encounter);
        Assert.Equal("held", await StateAsync(claim));

        var silent = await StepAsync(biller, claim, "release", null);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        await StepAsync(biller, claim, "release", "Approved by phone");

        Assert.Equal("to-send", await StateAsync(claim));
    }

    [Fact]
    public async Task Charges_opened_again_take_the_claim_back_and_a_decided_claim_is_replaced_with_the_payers_number()
    {
        var seen = await SeenAsync();
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        await CloseAsync(biller, seen.Encounter);
        var claim = await ClaimAsync(seen.Encounter);
        await ReopenAsync(biller, seen.Encounter);
        Assert.Equal("to-check", await StateAsync(claim));
        await Billers.EnterAsync(biller, seen.Encounter, ("Lines[0].Units", "2"), ("Does", "lock"));
        Assert.Equal("to-send 256.00", await Host.North.AskAsync<string>($"select state || ' ' || total from billing.claims where encounter_id = '{seen.Encounter}'"));

        await StepAsync(biller, claim, "keyed", "on the portal");
        await StepAsync(biller, claim, "decided", "Denied: units", "PAYER77");
        Assert.Equal("decided", await StateAsync(claim));
        await ReopenAsync(biller, seen.Encounter);
        await Billers.EnterAsync(biller, seen.Encounter, ("Lines[0].Units", "1"), ("Does", "lock"));

        Assert.Equal("closed", await StateAsync(claim));
        Assert.Equal("7 to-send 128.00 PAYER77", await Host.North.AskAsync<string>($"select frequency || ' ' || state || ' ' || total || ' ' || payer_claim_number from billing.claims where replaces_id = '{claim}'"));
    }

    [Fact]
    public async Task A_patient_without_coverage_has_no_claim()
    {
        var encounter = await Billers.EncounterAsync(Host);
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        await CloseAsync(biller, encounter);
        Assert.Equal(0, await Host.North.AskAsync<long>($"select count(*) from billing.claims where encounter_id = '{encounter}'"));
    }

    private sealed record Seen(Guid Encounter, Guid Payer, Guid Entity);

    private async Task<Seen> SeenAsync(bool enrolled = true)
    {
        var (patient, payer, entity) = (await Billers.PatientAsync(Host), Guid.CreateVersion7(), Guid.CreateVersion7());
        var encounter = await Billers.EncounterAsync(Host, patient);
        await Billers.SqlAsync(Host, $"""
            insert into billing.entities (id, version, name, tax_id, npi, main, fiscal_month, active) values ('{entity}', 1, 'Fairhaven Group', '123456789', '1234567893', false, 1, true);
            insert into billing.billing_entities (id, taxonomy, statement_phone) values ('{entity}', '207Q00000X', '5555550100');
            insert into billing.places (id, version, name, zone, entity_id, address, city, state, zip, active)
                values ('{entity}', 1, 'Fairhaven', 'America/New_York', '{entity}', '1 Test Street', 'Testville', 'OH', '432150001', true);
            insert into billing.payers (id, version, name, payer_number, claim_filing_code, active) values ('{payer}', 1, 'Harbor Health', 'HARB1', 'CI', true);
            insert into billing.payer_rules (id, payer_id, valid_from, filing_unit, filing_count, source) values (gen_random_uuid(), '{payer}', '2020-01-01', 'years', 5, 'The contract of the test');
            insert into billing.claim_patients (id, version, first_name, last_name, address, city, state, zip) values ('{patient}', 1, 'Ada', 'Vale', '2 Test Street', 'Testville', 'OH', '43215');
            insert into billing.coverages (id, version, patient_id, line, rank, payer_id, payer, claim_filing_code, member_id, relationship, subscriber_last, effective_from)
                values (gen_random_uuid(), 1, '{patient}', 'medical', 1, '{payer}', 'Harbor Health', 'CI', 'M1', 'self', 'Vale', '2020-01-01');
            insert into billing.claim_staff (id, version, first_name, last_name) select rendering_id, 1, 'Ines', 'Marlow' from billing.encounters where id = '{encounter}';
            update billing.providers set npi = '1679576722' where id = (select rendering_id from billing.encounters where id = '{encounter}');
            update billing.encounters set entity_id = '{entity}', place_of_service = '10' where id = '{encounter}'
            """);
        if (enrolled)
        {
            await Billers.SqlAsync(Host, $"insert into billing.enrollments (id, payer_id, entity_id, transaction, state) values (gen_random_uuid(), '{payer}', '{entity}', '837P', 'not-needed')");
        }

        return new(encounter, payer, entity);
    }

    private static async Task CloseAsync(TestClient biller, Guid encounter)
    {
        var closed = await Billers.EnterAsync(biller, encounter, ("Diagnoses[0]", "Z9911"), ("Lines[0].Code", Billers.Visit), ("Does", "lock"));
        Assert.True(closed.StatusCode == HttpStatusCode.Redirect, await Billers.ErrorsAsync(closed));
    }

    private static async Task ReopenAsync(TestClient biller, Guid encounter) =>
        await biller.SubmitAsync(await biller.PageAsync($"/billing/encounters/{encounter}/reopen"), "form[action$='reopen']", ("Reason", "Units"));

    private static async Task<HttpResponseMessage> SendAsync(TestClient biller, Seen seen, IHtmlDocument? page = null) => await biller.SubmitAsync(
        page ?? await biller.PageAsync("/billing/batches/send"), $"form:has(input[value='{seen.Payer}'])");

    private static async Task<HttpResponseMessage> StepAsync(TestClient biller, Guid claim, string how, string? reason, string number = "") =>
        await biller.SubmitAsync(await biller.PageAsync($"/billing/claims/{claim}/step"), "form[action$='step']", ("How", how), ("Reason", reason ?? ""), ("PayerNumber", number));

    private Task<Guid> ClaimAsync(Guid encounter) => Host.North.AskAsync<Guid>($"select id from billing.claims where encounter_id = '{encounter}'");

    private Task<string> StateAsync(Guid claim) => Host.North.AskAsync<string>($"select state from billing.claims where id = '{claim}'");
}
