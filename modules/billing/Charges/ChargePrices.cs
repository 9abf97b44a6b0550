using Microsoft.EntityFrameworkCore;

namespace Modular.Billing.Charges;

/// <summary>What the practice charges for services on a day, by its own fee schedules.</summary>
public sealed class ChargePrices
{
    private sealed record Row(string Code, string Modifier, bool Facility, decimal Amount, bool OfEntity, DateOnly From);

    private readonly ILookup<string, Row> rows;

    private ChargePrices(IEnumerable<Row> rows) => this.rows = rows.ToLookup(r => r.Code);

    /// <param name="entity">Its own schedule goes before one for all.</param>
    public static async Task<ChargePrices> OnAsync(BillingDb db, Guid? entity, DateOnly day, IReadOnlyCollection<string> codes,
        CancellationToken ct) => new(
        await (from f in db.Fees.AsNoTracking()
               join s in db.FeeSchedules on f.ScheduleId equals s.Id
               where codes.Contains(f.Code) && s.Kind == "charge" && (s.EntityId == null || s.EntityId == entity)
                   && s.ValidFrom <= day && (s.ValidTo == null || s.ValidTo >= day)
               select new Row(f.Code, f.Modifier, f.Facility, f.Amount, s.EntityId != null, s.ValidFrom)).ToListAsync(ct));

    /// <summary>The price with the first modifier that has one, else without; at a facility its own price, else the usual one. Null: none has
    /// it.</summary>
    public decimal? Of(string code, IReadOnlyList<string> modifiers, string place)
    {
        var facility = PlacesOfService.PaysFacilityRate(place);
        return rows[code].Where(r => (r.Modifier.Length == 0 || modifiers.Contains(r.Modifier)) && (facility || !r.Facility))
            .OrderByDescending(r => r.OfEntity).ThenByDescending(r => r.Modifier.Length > 0).ThenByDescending(r => r.Facility).ThenByDescending(r => r.From)
            .Select(r => (decimal?)r.Amount).FirstOrDefault();
    }
}
