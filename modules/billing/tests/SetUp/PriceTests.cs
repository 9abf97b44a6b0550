using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Billing.Fees;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing;

/// <summary>Which price holds, and how prices come into a schedule.</summary>
public sealed class PriceTests(SharedHost shared)
{
    private static readonly DateOnly Day = new(2026, 6, 10);

    [Fact]
    public async Task Of_several_prices_the_most_special_one_holds()
    {
        await using var rows = new BillingRows(shared.Host);
        var (payer, other) = (await rows.AddPayerAsync($"P {Guid.NewGuid():N}"), await rows.AddPayerAsync($"Q {Guid.NewGuid():N}"));
        var entity = Guid.NewGuid();
        // Codes of this test's own, so that schedules of other tests have no price of them.
        var code = NewCode();
        await ScheduleAsync(rows, FeeSchedule.Charge, null, null, new(2026, 1, 1), (code, "", false, 100), (code, "26", false, 40), (code, "", true, 80));
        await ScheduleAsync(rows, FeeSchedule.Charge, null, entity, new(2026, 1, 1), (code, "", false, 110));
        await ScheduleAsync(rows, FeeSchedule.Charge, null, null, new(2025, 1, 1), (code, "", false, 90), (code, "TC", false, 55));
        await ScheduleAsync(rows, FeeSchedule.Contract, payer, null, new(2026, 1, 1), (code, "", false, 70));
        await ScheduleAsync(rows, FeeSchedule.Contract, other, null, new(2026, 1, 1), (code, "", false, 60));
        var prices = new Prices(rows.Db);

        async Task<decimal?> Charge(string[] modifiers, Guid? of = null, bool facility = false, DateOnly? day = null) =>
            (await prices.ForAsync(code, modifiers, null, of, facility, day ?? Day)).Charge;

        Assert.Equal(100, await Charge([]));
        Assert.Equal(100, await Charge(["25"]));
        Assert.Equal(40, await Charge(["25", "26"]));
        Assert.Equal(55, await Charge(["TC", "26"]));      // the first modifier of the line, in an older schedule
        Assert.Equal(80, await Charge([], facility: true));
        Assert.Equal(40, await Charge(["26"], facility: true)); // the modifier says more than the place
        Assert.Equal(110, await Charge(["26"], of: entity)); // the entity's own schedule first
        Assert.Equal(90, await Charge([], day: new(2025, 12, 31)));
        Assert.Null(await Charge([], day: new(2024, 12, 31)));
        Assert.Equal((100m, 70m), Said(await prices.ForAsync(code, [], payer, null, false, Day)));
        Assert.Equal((100m, null), Said(await prices.ForAsync(code, [], null, null, false, Day)));
    }

    private static (decimal?, decimal?) Said(Price price) => (price.Charge, price.Allowed);

    [Fact]
    public async Task A_copy_has_each_price_by_its_percentage_and_the_old_schedule_ends_the_day_before()
    {
        await using var rows = new BillingRows(shared.Host);
        var code = NewCode();
        var old = await ScheduleAsync(rows, FeeSchedule.Charge, null, null, new(2026, 1, 1), (code, "", false, 33.33m), (code, "26", false, 10m));
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);

        var early = await manager.SubmitAsync(await manager.PageAsync($"/billing/fees/copy/{old.Id}"), "form.form", ("ValidFrom", "1/1/2026"));
        Assert.Contains("it cannot end before that", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await manager.SubmitAsync(await manager.PageAsync($"/billing/fees/copy/{old.Id}"), "form.form", ("ValidFrom", "1/1/2027"), ("Percent", "103.5"));

        var copy = await rows.Db.FeeSchedules.AsNoTracking().SingleAsync(s => s.Name == old.Name && s.Id != old.Id);
        Assert.Equal(new DateOnly(2026, 12, 31), (await rows.Db.FeeSchedules.AsNoTracking().SingleAsync(s => s.Id == old.Id)).ValidTo);
        Assert.Equal([34.50m, 10.35m], await rows.Db.Fees.AsNoTracking().Where(f => f.ScheduleId == copy.Id).OrderBy(f => f.Modifier).Select(f => f.Amount).ToListAsync());
        Assert.Equal((33.33m, 34.50m), ((await new Prices(rows.Db).ForAsync(code, [], null, null, false, new(2026, 12, 31))).Charge, (await new Prices(rows.Db).ForAsync(code, [], null, null, false, new(2027, 1, 1))).Charge));
    }

    [Fact]
    public async Task A_price_is_added_by_the_form_once_and_what_is_no_code_is_said_beside_its_field()
    {
        await using var rows = new BillingRows(shared.Host);
        var schedule = await ScheduleAsync(rows, FeeSchedule.Charge, null, null, new(2026, 1, 1));
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        var code = NewCode();

        async Task<string> Add(string typed, string amount) =>
            await (await manager.SubmitAsync(await manager.PageAsync($"/billing/fees/price/{schedule.Id}"), "form[data-guard]", ("Code", typed), ("Amount", amount))).Content.ReadAsStringAsync();

        Assert.Equal("", await Add(code.ToLowerInvariant(), "$1,142.00"));
        Assert.Contains("The schedule has a price of this code and modifier already.", await Add(code, "12"), StringComparison.Ordinal);
        Assert.Contains("is no CPT or HCPCS code", await Add("123", "12"), StringComparison.Ordinal);
        Assert.Contains("$1,142.00", (await manager.PageAsync($"/billing/fees/{schedule.Id}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_of_prices_is_taken_twice_changes_nothing_and_undo_gives_back_the_old_price()
    {
        await using var rows = new BillingRows(shared.Host);
        var (kept, added) = (NewCode(), NewCode());
        var schedule = await ScheduleAsync(rows, FeeSchedule.Charge, null, null, new(2026, 1, 1), (kept, "", false, 50m));
        ImportRow[] file =
        [
            Row(2, schedule.Name, kept, "60"), Row(3, schedule.Name, added, "$70.10", "26"), Row(4, "No such schedule", added, "1"), Row(5, schedule.Name, "X", "1"), Row(6, schedule.Name, added, "much"),
        ];

        Assert.Equal([ImportOutcome.Updated, ImportOutcome.Created, ImportOutcome.Refused, ImportOutcome.Refused, ImportOutcome.Refused], (await RunAsync(rows, file, dryRun: true)).Select(r => r.Outcome));
        var results = await RunAsync(rows, file);
        Assert.Equal([60m, 70.10m], await StoredAsync(rows, schedule.Id));
        Assert.Equal([ImportOutcome.Unchanged, ImportOutcome.Unchanged], (await RunAsync(rows, file[..2])).Select(r => r.Outcome));

        var kind = Kind(rows);
        var taken = results.Where(r => r.EntityId is not null).Reverse().Select(r => new ImportedRow(r.EntityId!.Value, r.Outcome == ImportOutcome.Created, r.Version, r.Before)).ToList();
        await kind.PrepareUndoAsync(taken, default);
        foreach (var row in taken)
        {
            Assert.Null(await kind.UndoAsync(row, default));
        }

        await kind.SaveAsync(default);
        Assert.Equal([50m], await StoredAsync(rows, schedule.Id));
    }

    private static Task<List<decimal>> StoredAsync(BillingRows rows, Guid schedule) =>
        rows.Db.Fees.AsNoTracking().Where(f => f.ScheduleId == schedule).OrderBy(f => f.Modifier).Select(f => f.Amount).ToListAsync();

    private static FeeImport Kind(BillingRows rows) => new(rows.Db, TimeProvider.System, rows.Services.GetRequiredService<IPractice>());

    private static async Task<List<ImportResult>> RunAsync(BillingRows rows, ImportRow[] file, bool dryRun = false)
    {
        var kind = Kind(rows);
        await kind.PrepareAsync(file, dryRun, default);
        var results = new List<ImportResult>();
        foreach (var row in file)
        {
            results.Add(await kind.ApplyAsync(row, dryRun, default));
        }

        if (!dryRun)
        {
            await kind.SaveAsync(default);
        }

        rows.Db.ChangeTracker.Clear();
        return results;
    }

    private static ImportRow Row(int number, string schedule, string code, string amount, string modifier = "") =>
        new(number, new Dictionary<string, string> { ["schedule"] = schedule, ["code"] = code, ["amount"] = amount, ["modifier"] = modifier });

    private static string NewCode() => Guid.NewGuid().ToString("N")[..5].ToUpperInvariant();

    private static async Task<FeeSchedule> ScheduleAsync(BillingRows rows, string kind, Guid? payer, Guid? entity, DateOnly from, params (string Code, string Modifier, bool Facility, decimal Amount)[] fees)
    {
        var schedule = await rows.SaveAsync(new FeeSchedule { Name = $"{kind} {Guid.NewGuid():N}", Kind = kind, PayerId = payer, EntityId = entity, ValidFrom = from });
        rows.Db.AddRange(fees.Select(f => new Fee { ScheduleId = schedule.Id, Code = f.Code, Modifier = f.Modifier, Facility = f.Facility, Amount = f.Amount }));
        await rows.Db.SaveChangesAsync();
        rows.Db.ChangeTracker.Clear();
        return schedule;
    }
}
