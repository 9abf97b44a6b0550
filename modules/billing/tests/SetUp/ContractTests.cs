using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Billing.Payers;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing;

/// <summary>Contracts with payers: when they hold, by when one gives notice, and what the front desk sees of them.</summary>
public sealed class ContractTests(SharedHost shared)
{
    private static readonly PayerContract Contract = new() { Products = "PPO", StartsOn = new(2026, 1, 1), EndsOn = new(2026, 12, 31), NoticeDays = 90 };

    [Theory]
    [InlineData("2026-09-01", false)]
    [InlineData("2026-09-02", true)]
    [InlineData("2026-10-02", true)]
    [InlineData("2026-10-03", false)]
    public void The_alarm_stands_thirty_days_before_notice_is_due_and_not_after(string day, bool alarm)
    {
        Assert.Equal(new DateOnly(2026, 10, 2), Contract.NoticeBy);
        Assert.Equal(alarm, Contract.AlarmOn(DateOnly.Parse(day)));
    }

    [Theory]
    [InlineData("2025-12-31", false, false)]
    [InlineData("2026-12-31", false, true)]
    [InlineData("2027-01-01", false, false)]
    [InlineData("2027-01-01", true, true)]
    public void It_holds_to_its_last_day_or_on_when_it_renews_by_itself(string day, bool renews, bool holds) =>
        Assert.Equal(holds, new PayerContract { StartsOn = Contract.StartsOn, EndsOn = Contract.EndsOn, Renews = renews }.On(DateOnly.Parse(day)));

    [Fact]
    public async Task A_contract_whose_notice_comes_near_is_in_the_inbox_and_marked_in_the_list()
    {
        await using var rows = new BillingRows(shared.Host);
        var payer = await rows.AddPayerAsync($"Cove {Guid.NewGuid():N}");
        var products = $"PPO {Guid.NewGuid():N}";
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime);
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        await manager.SubmitAsync(await manager.PageAsync("/billing/payers/contract"), "form[data-guard]",
            ("PayerId", payer.ToString()), ("Products", products), ("StartsOn", "1/1/2024"), ("EndsOn", $"{today.AddDays(100):MM/dd/yyyy}"), ("NoticeDays", "90"));

        Assert.Equal(1L, await shared.Host.North.AskAsync<long>($"select count(*) from core.tasks where title like '%{products}%'"));
        Assert.Contains("Notice due", (await manager.PageAsync($"/billing/payers/contracts?q={products}")).QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_nightly_job_marks_what_comes_near_and_takes_the_mark_off_what_has_passed()
    {
        await using var rows = new BillingRows(shared.Host);
        var today = WallTime.Today(TimeProvider.System, Practice(rows).Zone);
        var near = await rows.SaveAsync(new PayerContract { Products = "near", StartsOn = new(2020, 1, 1), EndsOn = today.AddDays(110), NoticeDays = 90 });
        var past = await rows.SaveAsync(new PayerContract { Products = "past", StartsOn = new(2020, 1, 1), EndsOn = today.AddDays(80), NoticeDays = 90, NoticeDue = true });

        await new FindContractNoticesHandler(rows.Db, Practice(rows), TimeProvider.System).HandleAsync(new(), default);

        Assert.Equal((true, false), (await Due(near), await Due(past)));
        Task<bool> Due(PayerContract c) => rows.Db.PayerContracts.AsNoTracking().Where(x => x.Id == c.Id).Select(x => x.NoticeDue).SingleAsync();
    }

    [Fact]
    public async Task At_booking_the_front_desk_sees_whether_there_is_a_contract_with_the_patients_payer()
    {
        await using var rows = new BillingRows(shared.Host);
        var (with, without) = (await rows.AddPayerAsync($"With {Guid.NewGuid():N}"), await rows.AddPayerAsync($"Without {Guid.NewGuid():N}"));
        await rows.SaveAsync(new PayerContract { PayerId = with, Products = "PPO and EPO", StartsOn = new(2020, 1, 1) });
        var patient = Guid.CreateVersion7();
        await shared.Host.North.AskAsync<long>($"""
            with covers as (
                insert into billing.coverages (id, version, patient_id, line, rank, payer_id, payer, member_id, relationship, subscriber_last, effective_from)
                values (gen_random_uuid(), 1, '{patient}', 'medical', 1, '{with}', 'Harbor With', 'M1', 'self', 'Vale', '2020-01-01'),
                       (gen_random_uuid(), 1, '{patient}', 'medical', 2, '{without}', 'Cove Without', 'M2', 'self', 'Vale', '2020-01-01') returning 1)
            select count(*) from covers
            """);
        var panel = await new PlanTaken(rows.Db, rows.Services.GetRequiredService<IAccessLog>(), Practice(rows), TimeProvider.System).LoadAsync(new("scheduling.book", patient), default);

        var lines = Assert.IsType<List<PlanTaken.Line>>(panel!.Model);
        Assert.Equal(["Harbor With: PPO and EPO", "Cove Without: "], lines.Select(l => $"{l.Payer}: {string.Join(",", l.Contracts.Select(c => c.Products))}"));
    }

    private static IPractice Practice(BillingRows rows) => rows.Services.GetRequiredService<IPractice>();
}
