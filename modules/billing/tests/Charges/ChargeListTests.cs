using System.Net;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.Charges;

/// <summary>Charges that no visit made, and the lists that find what is missing on either side.</summary>
public sealed class ChargeListTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task Kept_visits_without_charges_and_charges_without_a_visit_are_each_on_their_list()
    {
        var tag = $"Wu{Guid.NewGuid().ToString("N")[^6..]}";
        var patient = await Billers.PatientAsync(Host, $"{tag}, Ada");
        var (open, without) = (await Billers.EncounterAsync(Host, patient), await Billers.EncounterAsync(Host, patient));
        await Billers.SqlAsync(Host, $"update billing.encounters set patient_name = '{tag}, Ada' where patient_id = '{patient}'; update billing.encounters set visit_id = null, source = 'form' where id = '{without}'");
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller, [TestHost.NorthMain]); // the list is of the chosen place
        await Billers.EnterAsync(biller, without, ("Diagnoses[0]", "Z9911"), ("Lines[0].Code", Billers.Visit));

        Assert.Equal([open], await RowsAsync(biller, $"/billing/encounters?show=open&q={tag}"));
        Assert.Equal([without], await RowsAsync(biller, $"/billing/encounters?show=no-visit&q={tag}"));
        Assert.Equal(2, (await RowsAsync(biller, $"/billing/encounters?q={tag}")).Count);
        Assert.Empty(await RowsAsync(biller, $"/billing/encounters?show=ready&q={tag}"));
    }

    [Fact]
    public async Task A_charge_without_a_visit_is_added_once_and_its_superbill_opens()
    {
        await Billers.CodesAsync(Host);
        var (patient, provider) = (await Billers.PatientAsync(Host), await Billers.ProviderAsync(Host));
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        var form = await biller.PageAsync("/billing/charges/add");
        (string, string)[] typed = [("Patient", $"{patient}"), ("PatientName", "Vale, Ada"), ("What", "B-12 injection"), ("From", "01/05/2026"), ("Rendering", $"{provider}")];

        var first = await biller.SubmitAsync(form, "form#add-charge", typed);
        var second = await biller.SubmitAsync(form, "form#add-charge", typed);

        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.StartsWith("/billing/superbill/", first.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("form 2026-01-05", await Host.North.AskAsync<string>($"select string_agg(source || ' ' || service_from, ',') from billing.encounters where patient_id = '{patient}'"));
        var refused = await biller.SubmitAsync(await biller.PageAsync("/billing/charges/add"), "form#add-charge", ("PatientName", "somebody"), ("From", "12/31/2099"));
        Assert.Contains("Choose a patient from the list.", await Billers.ErrorsAsync(refused), StringComparison.Ordinal);
        Assert.Contains("A service is charged once it was given, not before.", await Billers.ErrorsAsync(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rounding_list_makes_an_encounter_for_each_patient_with_a_line_for_each_day()
    {
        await Billers.CodesAsync(Host);
        var (one, two, provider) = (await Billers.PatientAsync(Host), await Billers.PatientAsync(Host), await Billers.ProviderAsync(Host));
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        var page = await biller.PageAsync("/billing/charges/round");
        (string, string)[] typed =
        [
            ("Rendering", $"{provider}"), ("PlaceOfService", "31"), ("Facility", "Lakeside Home"),
            ("Rows[0].Patient", $"{one}"), ("Rows[0].Days", "01/05/2026-01/07/2026"), ("Rows[0].Code", Billers.Visit), ("Rows[0].Diagnoses", "z99.11 Z9912"),
            ("Rows[1].Patient", $"{two}"), ("Rows[1].Days", "01/06/2026"), ("Rows[1].Code", Billers.Visit), ("Rows[1].Modifiers", "25"), ("Rows[1].Diagnoses", "Z9911"),
        ];

        var sent = await biller.SubmitAsync(page, "form#round", typed);
        var again = await biller.SubmitAsync(page, "form#round", typed);

        Assert.True(sent.StatusCode == HttpStatusCode.Redirect && again.StatusCode == HttpStatusCode.Redirect, await Billers.ErrorsAsync(sent));
        Assert.Equal("31 Lakeside Home 384.00 2026-01-05,2026-01-06,2026-01-07 12", await Host.North.AskAsync<string>($"""
            select e.place_of_service || ' ' || e.facility || ' ' || e.total || ' ' || string_agg(l.service_on::text, ',' order by l.position)
                || ' ' || min(array_to_string(l.pointers, ''))
            from billing.encounters e join billing.charge_lines l on l.encounter_id = e.id where e.patient_id = '{one}' group by e.id
            """));
        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from billing.encounters where patient_id = '{two}'"));
    }

    [Fact]
    public async Task A_rounding_list_with_a_fault_enters_nothing_and_keeps_what_was_typed()
    {
        await Billers.CodesAsync(Host);
        var (one, provider) = (await Billers.PatientAsync(Host), await Billers.ProviderAsync(Host));
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);

        var refused = await biller.SubmitAsync(await biller.PageAsync("/billing/charges/round"), "form#round", ("Rendering", $"{provider}"),
            ("Rows[0].Patient", $"{one}"), ("Rows[0].Days", "01/05/2026"), ("Rows[0].Code", Billers.Visit), ("Rows[0].Diagnoses", "Z9911"),
            ("Rows[1].Name", "Nobody"), ("Rows[1].Days", "01/09/2026-01/05/2026"), ("Rows[1].Code", "XXXXX"), ("Rows[1].Diagnoses", "Z00"));

        var page = await TestClient.ParseAsync(await refused.Content.ReadAsStringAsync());
        var said = page.QuerySelector(".errors")!.TextContent;
        Assert.Contains("Choose the patient from the list.", said, StringComparison.Ordinal);
        Assert.Contains("Type the day, or the first and the last", said, StringComparison.Ordinal);
        Assert.Contains("“XXXXX” is no code that may be charged on that day.", said, StringComparison.Ordinal);
        Assert.Contains("Z00 is no diagnosis code of that day.", said, StringComparison.Ordinal);
        Assert.Equal("01/09/2026-01/05/2026", Billers.Value(page, "Rows[1].Days"));
        Assert.Equal(0L, await Host.North.AskAsync<long>($"select count(*) from billing.encounters where patient_id = '{one}'"));
    }

    private static async Task<List<Guid>> RowsAsync(TestClient person, string list) =>
        [.. (await person.PageAsync(list)).QuerySelectorAll("a[href^='/billing/superbill/']").Select(a => Guid.Parse(a.GetAttribute("href")!.Split('/')[3].Split('?')[0])).Distinct()];
}
