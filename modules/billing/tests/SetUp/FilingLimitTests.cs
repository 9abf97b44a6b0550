using Microsoft.EntityFrameworkCore;
using Modular.Billing.Payers;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing;

/// <summary>Rules of payers: which one holds, and the last day it gives.</summary>
public sealed class FilingLimitTests(SharedHost shared)
{
    /// <summary>42 CFR 424.44: one calendar year from the date of service; Claims Processing Manual ch. 1 §70.3–70.4 for February 29 and days of rest.</summary>
    [Theory]
    [InlineData("2025-03-10", "2026-03-10")]
    [InlineData("2024-02-29", "2025-02-28")]
    [InlineData("2025-05-30", "2026-06-01")] // May 30, 2026 is a Saturday
    [InlineData("2025-11-26", "2026-11-27")] // November 26, 2026 is Thanksgiving
    [InlineData("2025-07-03", "2026-07-06")] // Friday, July 3, 2026: Independence Day is observed
    public void A_claim_of_Medicare_is_received_within_a_calendar_year(string service, string last) =>
        Assert.Equal(DateOnly.Parse(last), FilingLimit.LastDay(new() { FilingUnit = PayerRule.Years, FilingCount = 1, Source = "" }, DateOnly.Parse(service)));

    [Theory]
    [InlineData(true, "2026-04-13")]
    [InlineData(false, "2026-04-11")]
    public void Days_are_counted_from_the_first_service_and_a_Saturday_moves_only_where_the_rule_says_so(bool workday, string last) =>
        Assert.Equal(DateOnly.Parse(last), FilingLimit.LastDay(new() { FilingCount = 90, Workday = workday, Source = "" }, new(2026, 1, 11)));

    [Fact]
    public void Levels_of_appeal_are_read_line_by_line_and_what_is_none_is_told()
    {
        var (levels, fault) = AppealLevel.Read("Redetermination; 120; 42 CFR 405.942\n Reconsideration;180 \n");
        Assert.Null(fault);
        Assert.Equal([new("Redetermination", 120, "42 CFR 405.942"), new("Reconsideration", 180, "")], levels);
        Assert.StartsWith("“Reconsideration 180” is no level of appeal", AppealLevel.Read("Reconsideration 180").Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_seeded_rules_of_Medicare_say_what_the_law_says_with_its_place()
    {
        await using var rows = new BillingRows(shared.Host);
        var payer = await rows.AddPayerAsync($"Medicare {Guid.NewGuid():N}", "MB");

        var rule = (await new PayerRules(rows.Db).ForAsync(payer, null, new(2026, 6, 10)))!;

        Assert.Equal(("1 calendar year", false, false), (rule.Limit, rule.Replacement, rule.Void));
        Assert.Equal([120, 180, 60, 60, 60], rule.AppealLevels().Select(l => l.Days));
        Assert.Contains("42 CFR 424.44", rule.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_of_the_payer_comes_before_that_of_its_kind_and_each_holds_on_its_days()
    {
        await using var rows = new BillingRows(shared.Host);
        var payer = await rows.AddPayerAsync($"Harbor {Guid.NewGuid():N}", "MC");
        await rows.SaveAsync(new PayerRule { PayerId = payer, ValidFrom = new(2026, 1, 1), ValidTo = new(2026, 6, 30), FilingCount = 120, Source = "contract" });
        await rows.SaveAsync(new PayerRule { PayerId = payer, ValidFrom = new(2026, 7, 1), FilingCount = 60, Source = "contract" });
        var rules = new PayerRules(rows.Db);

        async Task<string> On(string day, string? code = null) => (await rules.ForAsync(payer, code, DateOnly.Parse(day)))!.Limit;

        Assert.Equal(["1 calendar year", "120 days", "60 days"], [await On("2025-12-31"), await On("2026-06-30"), await On("2026-07-01")]);
        Assert.Equal("90 days", await On("2025-12-31", "CI"));
    }

    [Fact]
    public async Task Two_rules_of_a_payer_on_one_day_are_refused_in_the_form_beside_the_day()
    {
        await using var rows = new BillingRows(shared.Host);
        var payer = await rows.AddPayerAsync($"Cove {Guid.NewGuid():N}");
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);

        async Task<HttpResponseMessage> Add(string from) => await manager.SubmitAsync(await manager.PageAsync("/billing/payers/edit"), "form[data-guard]",
            ("PayerId", payer.ToString()), ("ValidFrom", from), ("FilingCount", "180"), ("Source", "contract"), ("Appeals", "First; 60; contract"));

        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await Add("1/1/2026")).StatusCode);
        var second = await Add("6/1/2026");
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, second.StatusCode);
        Assert.Contains("Another rule of the same payer holds on some of these days.", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("First; 60; contract", (await rows.Db.PayerRules.AsNoTracking().SingleAsync(r => r.PayerId == payer)).Appeals);
    }
}
