using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Modular.Billing;
using Modular.Billing.Authorizations;
using Modular.Billing.Scrub;
using Modular.Sdk;
using Modular.Tests.Billing.Charges;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.Scrub;

/// <summary>The scrubber on the superbill and over the practice's rows.</summary>
public sealed class ScrubberTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task The_superbill_shows_what_would_stop_the_claim_and_the_way_to_the_field()
    {
        var encounter = await CoveredAsync();
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        await Billers.EnterAsync(biller, encounter, ("Diagnoses[0]", "Z9911"), ("Lines[0].Code", Billers.Visit), ("Lines[0].Modifiers", "59 25"), ("Lines[1].Code", Billers.Visit));

        var page = await biller.PageAsync($"/billing/superbill/{encounter}");

        var findings = page.QuerySelector("#findings")!;
        Assert.Contains("to mend", findings.TextContent, StringComparison.Ordinal);
        Assert.Contains("has no NPI", findings.TextContent, StringComparison.Ordinal);
        Assert.NotNull(findings.QuerySelector("a[href^='/patients/charts/']"));
        Assert.Equal("The patient has no address with a ZIP code. Complete it on the chart.", Assert.Single(findings.QuerySelectorAll("li .grow"), s => s.TextContent.StartsWith("The patient", StringComparison.Ordinal)).TextContent);
        foreach (var link in findings.QuerySelectorAll("a[href^='#']"))
        {
            Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..]));
        }
    }

    [Fact]
    public async Task A_finding_may_be_let_pass_with_a_reason_and_is_back_when_the_line_changes()
    {
        var encounter = await CoveredAsync();
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        await Billers.EnterAsync(biller, encounter, ("Diagnoses[0]", "Z9911"), ("Lines[0].Code", Billers.Visit), ("Lines[0].Units", "1"));
        var address = $"/billing/scrub/pass/{encounter}?rule=patient-address&line=";

        var empty = await biller.SubmitAsync(await biller.PageAsync(address), "form[action*='/billing/scrub/pass/']", ("Reason", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        await biller.SubmitAsync(await biller.PageAsync(address), "form[action*='/billing/scrub/pass/']", ("Reason", "The payer has the address"));

        Assert.Equal("The payer has the address", (await FindingsAsync(encounter)).Single(f => f.Rule == "patient-address").Overridden);
        Assert.Equal(HttpStatusCode.NotFound, (await biller.GetAsync(address)).StatusCode);
        Assert.Contains("Let pass: The patient has no address", await Host.North.AskAsync<string>($"select said from billing.encounter_steps where row_id = '{encounter}' order by at desc limit 1"), StringComparison.Ordinal);

        await Billers.EnterAsync(biller, encounter, ("Lines[0].Units", "2"));
        Assert.Null((await FindingsAsync(encounter)).Single(f => f.Rule == "patient-address").Overridden);
    }

    [Fact]
    public async Task A_nurse_may_not_let_a_finding_pass_and_the_front_desk_sees_no_rules()
    {
        var encounter = await CoveredAsync();
        using var provider = await Host.SignInAsync(Host.North, Roles.Provider);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        Assert.Equal(HttpStatusCode.Forbidden, (await provider.GetAsync($"/billing/scrub/pass/{encounter}?rule=npi")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/billing/rules")).StatusCode);
    }

    [Fact]
    public async Task A_signed_notice_sets_GA_and_the_finding_is_gone()
    {
        var encounter = await CoveredAsync("MB");
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        var name = $"Notice {Guid.NewGuid():N}"[..20];
        var form = await manager.PageAsync("/billing/rules/edit");
        var wrong = await manager.SubmitAsync(form, "form:has([name='Codes'])", ("Name", name), ("Severity", "notice"), ("Sentence", "Medicare may not pay it."), ("Codes", "Q99011*"));
        Assert.Contains("cannot be read", await Billers.ErrorsAsync(wrong), StringComparison.Ordinal);
        await manager.SubmitAsync(form, "form:has([name='Codes'])", ("Name", name), ("Severity", "notice"), ("Sentence", "Medicare may not pay it."), ("Codes", Billers.Visit), ("FilingCode", "MB"));
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        await Billers.EnterAsync(biller, encounter, ("Diagnoses[0]", "Z9911"), ("Lines[0].Code", Billers.Visit));
        Assert.Single(await FindingsAsync(encounter), f => f.Severity == Severity.Notice && f.Stops);

        await biller.SubmitAsync(await biller.PageAsync($"/billing/superbill/{encounter}"), "form[action*='/scrub/notice/']", ("Answer", "GA"));

        Assert.Equal("{GA}", await Host.North.AskAsync<string>($"select modifiers::text from billing.charge_lines where encounter_id = '{encounter}'"));
        Assert.DoesNotContain(await FindingsAsync(encounter), f => f.Severity == Severity.Notice);
    }

    [Fact]
    public async Task A_rule_is_tried_on_what_was_charged_and_nothing_is_saved()
    {
        var encounter = await CoveredAsync();
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        await Billers.EnterAsync(biller, encounter, ("Diagnoses[0]", "Z9911"), ("Lines[0].Code", Billers.Drug));
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        var before = await Host.North.AskAsync<long>("select count(*) from billing.own_rules");

        var form = FormFields.Of((IHtmlFormElement)(await manager.PageAsync("/billing/rules/edit")).QuerySelector("form:has([name='Codes'])")!);
        form.RemoveAll(f => f.Key == "Codes");
        using var tried = await manager.Http.PostAsync("/billing/rules/try", new FormUrlEncodedContent([.. form, new("Codes", Billers.Drug)]));

        Assert.Matches("It would have been said of [1-9][0-9]* of the last [0-9]+ encounters?", await tried.Content.ReadAsStringAsync());
        Assert.Equal(before, await Host.North.AskAsync<long>("select count(*) from billing.own_rules"));
    }

    private async Task<IReadOnlyList<Finding>> FindingsAsync(Guid encounter)
    {
        await using var rows = new BillingRows(Host);
        return (await new Scrubber(rows.Db, new AuthorizationNumbers(rows.Db), Host.Services.GetRequiredService<TimeProvider>()).JudgeAsync([encounter]))[encounter];
    }

    /// <summary>A visit of a patient with a plan, who has no address and was seen by somebody without an NPI.</summary>
    private async Task<Guid> CoveredAsync(string filing = "CI")
    {
        var encounter = await Billers.EncounterAsync(Host);
        await Billers.SqlAsync(Host, $"""
            insert into billing.coverages (id, version, patient_id, line, rank, payer_id, payer, claim_filing_code, member_id, relationship, subscriber_last, effective_from)
            select gen_random_uuid(), 1, patient_id, 'medical', 1, gen_random_uuid(), 'Blue Heron Health', '{filing}', '1EG4TE5MK73', 'self', 'Vale', '2020-01-01' from billing.encounters where id = '{encounter}'
            """);
        return encounter;
    }
}
