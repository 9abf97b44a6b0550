using Microsoft.EntityFrameworkCore;
using Modular.Billing.Fees;

namespace Modular.Billing.Charges;

/// <summary>What the practice charges for the services of a whole superbill on a day, by one question; which price holds is <see cref="Prices"/>' to say.</summary>
public sealed class ChargePrices
{
    private readonly ILookup<string, PricedService> rows;

    private ChargePrices(ILookup<string, PricedService> rows) => this.rows = rows;

    /// <param name="entity">Its own schedule goes before one for all.</param>
    public static async Task<ChargePrices> OnAsync(BillingDb db, Guid? entity, DateOnly day, IReadOnlyCollection<string> codes, CancellationToken ct)
    {
        var found = await (
            from fee in db.Fees.AsNoTracking()
            join schedule in db.FeeSchedules on fee.ScheduleId equals schedule.Id
            where codes.Contains(fee.Code) && schedule.Kind == FeeSchedule.Charge && (schedule.EntityId == null || schedule.EntityId == entity)
                && schedule.ValidFrom <= day && (schedule.ValidTo == null || schedule.ValidTo >= day)
            select new
            {
                fee.Code,
                Price = new PricedService(schedule.Kind, schedule.PayerId, schedule.EntityId, schedule.ValidFrom, fee.Modifier, fee.Facility, fee.Amount),
            }).ToListAsync(ct);
        return new(found.ToLookup(f => f.Code, f => f.Price));
    }

    /// <summary>Of one unit; null when no schedule has the service.</summary>
    public decimal? Of(string code, IReadOnlyList<string> modifiers, string place)
    {
        var facility = PlacesOfService.PaysFacilityRate(place);
        return Prices.Choose(rows[code].Where(r => (r.Modifier.Length == 0 || modifiers.Contains(r.Modifier)) && (facility || !r.Facility)), FeeSchedule.Charge, modifiers)?.Amount;
    }
}
