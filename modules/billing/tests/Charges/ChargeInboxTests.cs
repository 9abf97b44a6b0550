using System.Net;
using System.Text;
using System.Text.Json;
using Modular.Billing;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.Charges;

/// <summary>Charges that other programs send: taken once, put where they belong, or kept with the reason until somebody decides.</summary>
public sealed class ChargeInboxTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_charge_of_a_known_patient_fills_the_kept_visit_and_sent_again_changes_nothing()
    {
        var (encounter, patient, npi) = await SeenAsync();
        using var program = await ApiClient.ConnectAsync(Host, Host.North, [BillingPermissions.Charge]);
        var charge = Body(patient, npi);

        var first = await AnswerAsync(program, charge);
        var second = await AnswerAsync(program, charge);

        Assert.Equal(("taken", $"{encounter}"), (first.GetProperty("state").GetString(), first.GetProperty("encounterId").GetString()));
        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal("entered 134.50 1", await Host.North.AskAsync<string>($"select e.state || ' ' || e.total || ' ' || (select count(*) from billing.outside_charges c where c.encounter_id = e.id) from billing.encounters e where id = '{encounter}'"));
    }

    [Fact]
    public async Task Sent_again_with_other_content_it_waits_to_be_compared_and_overwrites_nothing()
    {
        var (encounter, patient, npi) = await SeenAsync();
        using var program = await ApiClient.ConnectAsync(Host, Host.North, [BillingPermissions.Charge]);
        var charge = Body(patient, npi);
        await AnswerAsync(program, charge);
        charge["lines"] = new[] { new { code = Billers.Visit, units = 9 } };

        var changed = await AnswerAsync(program, charge);

        Assert.Equal("waiting", changed.GetProperty("state").GetString());
        Assert.Contains("sent this charge before with other content", changed.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(134.50m, await Host.North.AskAsync<decimal>($"select total from billing.encounters where id = '{encounter}'"));
    }

    [Fact]
    public async Task A_program_that_names_no_location_has_its_charge_kept_at_one_that_it_may_see()
    {
        var (_, patient, npi) = await SeenAsync();
        using var lakeside = await ApiClient.ConnectAsync(Host, Host.North, [BillingPermissions.Charge], [TestHost.NorthLake]);

        var answer = await AnswerAsync(lakeside, Body(patient, npi));

        Assert.Equal(TestHost.NorthLake, await Host.North.AskAsync<Guid>($"select location_id from billing.outside_charges where id = '{answer.GetProperty("id").GetString()}'"));
    }

    [Theory]
    [InlineData("patientNumber", "no-such-number", "No patient has the record number no-such-number.")]
    [InlineData("birthDate", "1980-01-02", "has another birth date.")]
    [InlineData("lastName", "Roe", "has another last name.")]
    [InlineData("providerNpi", "0000000000", "No provider of the practice has the NPI 0000000000.")]
    [InlineData("serviceFrom", "2099-01-01", "Its day has not come")]
    public async Task What_cannot_be_matched_waits_with_its_reason(string field, string value, string reason)
    {
        var (encounter, patient, npi) = await SeenAsync();
        using var program = await ApiClient.ConnectAsync(Host, Host.North, [BillingPermissions.Charge]);
        var charge = Body(patient, npi);
        charge[field] = value;

        var answer = await AnswerAsync(program, charge);

        Assert.Equal("waiting", answer.GetProperty("state").GetString());
        Assert.Contains(reason, answer.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("open", await Billers.StateAsync(Host, encounter));
    }

    [Fact]
    public async Task A_person_says_who_it_is_or_that_it_is_not_charged()
    {
        var (encounter, patient, npi) = await SeenAsync();
        using var program = await ApiClient.ConnectAsync(Host, Host.North, [BillingPermissions.Charge]);
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        var charge = Body(patient, npi);
        charge["patientNumber"] = "typed wrongly";
        var waits = (await AnswerAsync(program, charge)).GetProperty("id").GetString()!;

        var taken = await biller.SubmitAsync(await biller.PageAsync($"/billing/inbox/{waits}"), "form#match-charge", ("Patient", $"{patient}"), ("PatientName", "Vale, Ada"), ("Does", "take"));

        Assert.True(taken.StatusCode == HttpStatusCode.Redirect, await Billers.ErrorsAsync(taken));
        Assert.Equal("entered", await Billers.StateAsync(Host, encounter));
        charge["id"] = "another";
        var other = (await AnswerAsync(program, charge)).GetProperty("id").GetString()!;
        var page = await biller.PageAsync($"/billing/inbox/{other}");
        Assert.Contains("Say why it is not charged.", await Billers.ErrorsAsync(await biller.SubmitAsync(page, "form#match-charge", ("Does", "dismiss"))), StringComparison.Ordinal);
        Assert.Contains("has charges or visits of this patient on that day already", await Billers.ErrorsAsync(await biller.SubmitAsync(page, "form#match-charge", ("Patient", $"{patient}"), ("Does", "take"))), StringComparison.Ordinal);
        page = await biller.PageAsync($"/billing/inbox/{other}");
        Assert.Equal(HttpStatusCode.Redirect, (await biller.SubmitAsync(page,
            "form#match-charge", ("Reason", "Sent twice by the lab"), ("Does", "dismiss"))).StatusCode);
        Assert.Equal("dismissed Sent twice by the lab", await Host.North.AskAsync<string>($"select state || ' ' || reason from billing.outside_charges where id = '{other}'"));
    }

    [Fact]
    public async Task An_hl7_file_is_taken_once_and_a_wrong_file_gets_a_sentence()
    {
        var (encounter, patient, npi) = await SeenAsync();
        var number = await Host.North.AskAsync<string>($"select record_number from billing.patients where id = '{patient}'");
        var control = Guid.NewGuid().ToString("N")[..12];
        var text = Hl7ChargeTests.Message.Replace("10023", number, StringComparison.Ordinal).Replace("19810304", "19800101", StringComparison.Ordinal).Replace("Kaur^Simran", "Vale^Ada", StringComparison.Ordinal)
            .Replace("1234567893", npi, StringComparison.Ordinal).Replace("MSG001", control, StringComparison.Ordinal).Replace("|25~59", "|25",
                StringComparison.Ordinal);
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);

        Assert.Contains("no HL7 message", await (await UploadAsync(biller, "just words")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(biller, text)).StatusCode);
        await Host.North.UntilAsync($"select count(*) from billing.outside_charges where outside_id like '{control}%' and state = 'taken'", 2L);
        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(biller, text)).StatusCode);

        Assert.Equal(2L, await Host.North.AskAsync<long>($"select count(*) from billing.outside_charges where outside_id like '{control}%'"));
        Assert.Equal("entered 262.50", await Host.North.AskAsync<string>($"select state || ' ' || total from billing.encounters where id = '{encounter}'"));
        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from billing.encounters where patient_id = '{patient}' and source = 'hl7' and service_from = '2026-06-11' and total = 128"));
    }

    private async Task<(Guid Encounter, Guid Patient, string Npi)> SeenAsync()
    {
        var patient = await Billers.PatientAsync(Host);
        var encounter = await Billers.EncounterAsync(Host, patient);
        var npi = Enumerable.Range(0, 10).Select(d => $"1{Random.Shared.Next(10_000_000, 99_999_999)}{d}").First(n => n.Length == 10);
        await Billers.SqlAsync(Host, $"update billing.providers set npi = '{npi}' where id = (select rendering_id from billing.encounters where id = '{encounter}')");
        return (encounter, patient, npi);
    }

    private Dictionary<string, object?> Body(Guid patient, string npi) => new()
    {
        ["sender"] = "EHR", ["id"] = $"E-{Guid.NewGuid():N}", ["patientNumber"] = patient.ToString("N")[^8..], ["birthDate"] = "1980-01-01", ["lastName"] = "Vale",
        ["serviceFrom"] = "2026-06-10", ["providerNpi"] = npi, ["diagnoses"] = new[] { "Z99.11" },
        ["lines"] = new object[] { new { code = Billers.Visit }, new { code = Billers.Drug, units = 1, pointers = "A" } },
    };

    private static async Task<JsonElement> AnswerAsync(ApiClient program, Dictionary<string, object?> charge)
    {
        using var answer = await program.PostAsync("/api/billing/charges", charge);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<HttpResponseMessage> UploadAsync(TestClient person, string text)
    {
        var page = await person.PageAsync("/billing/inbox/upload");
        var token = Billers.Value(page, "__RequestVerificationToken");
        using var form = new MultipartFormDataContent { { new StringContent(token),
            "__RequestVerificationToken" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "charges.hl7" } };
        return await person.Http.PostAsync("/billing/inbox/upload", form);
    }
}
