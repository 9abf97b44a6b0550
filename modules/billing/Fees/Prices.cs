using Microsoft.EntityFrameworkCore;

namespace Modular.Billing.Fees;

/// <summary>What a service costs on a day.</summary>
/// <param name="Charge">What the practice charges per unit; null when no schedule has the service.</param>
/// <param name="Allowed">What the payer's contract allows; null without a contract that has the service.</param>
/// <param name="Medicare">What Medicare allows, where a schedule of it was made.</param>
public sealed record Price(decimal? Charge, decimal? Allowed, decimal? Medicare);

/// <summary>A schedule as the choice among several sees it.</summary>
public sealed record PricedService(string Kind, Guid? PayerId, Guid? EntityId, DateOnly ValidFrom, string Modifier, bool Facility, decimal Amount);

/// <summary>
/// Finds prices. Of several that fit, the most special one holds, in this order: the schedule of the entity before that of all; the price
/// of the first modifier of the line that has one before the price without; the price for a facility before the other, in a facility only;
/// the schedule that began last. A contract is the payer's own, never another's.
/// </summary>
public sealed class Prices(BillingDb db)
{
    /// <param name="modifiers">In the order of the claim line.</param>
    /// <param name="payer">Null: the patient pays; there is no contract then.</param>
    /// <param name="facility">The place of service is paid the facility rate.</param>
    public async Task<Price> ForAsync(string code, IReadOnlyList<string> modifiers, Guid? payer, Guid? entity, bool facility, DateOnly day,
        CancellationToken ct = default)
    {
        string[] fitting = [.. modifiers, ""];
        var found = await (
            from fee in db.Fees.AsNoTracking()
            join schedule in db.FeeSchedules on fee.ScheduleId equals schedule.Id
            where fee.Code == code && fitting.Contains(fee.Modifier) && (!fee.Facility || facility)
                && schedule.ValidFrom <= day && (schedule.ValidTo == null || schedule.ValidTo >= day)
                && (schedule.EntityId == null || schedule.EntityId == entity) && (schedule.PayerId == null || schedule.PayerId == payer)
            select new PricedService(schedule.Kind, schedule.PayerId, schedule.EntityId, schedule.ValidFrom, fee.Modifier, fee.Facility, fee.Amount))
                .ToListAsync(ct);
        return new(
            Choose(found, FeeSchedule.Charge, modifiers)?.Amount, Choose(found, FeeSchedule.Contract, modifiers)?.Amount,
                Choose(found, FeeSchedule.Medicare, modifiers)?.Amount);
    }

    /// <summary>The most special of those that fit.</summary>
    public static PricedService? Choose(IEnumerable<PricedService> fitting, string kind, IReadOnlyList<string> modifiers) =>
        fitting.Where(p => p.Kind == kind)
        .OrderByDescending(p => p.EntityId is not null)
        .ThenBy(p => p.Modifier.Length == 0 ? int.MaxValue : IndexOf(modifiers, p.Modifier))
        .ThenByDescending(p => p.Facility)
        .ThenByDescending(p => p.ValidFrom)
        .FirstOrDefault();

    private static int IndexOf(IReadOnlyList<string> modifiers, string modifier) => modifiers.ToList().IndexOf(modifier);
}
