using Microsoft.EntityFrameworkCore;
using Modular.Billing.Encounters;
using Modular.Sdk;

namespace Modular.Billing.Panels;

/// <summary>Charges that wait, on the home page, each figure with the list behind it.</summary>
public sealed class ChargesToEnter(BillingDb db, ChosenLocation chosen, IPractice practice, TimeProvider clock) : IWidget
{
    public async Task<WidgetView?> LoadAsync(CancellationToken ct)
    {
        var place = chosen.Location?.Id;
        var today = WallTime.Today(clock, chosen.Location?.Zone ?? practice.Zone);
        var waiting = await db.Encounters.AsNoTracking()
            .Where(e => (e.State == EncounterState.Open || e.State == EncounterState.Entered) && (place == null || e.LocationId == place))
            .GroupBy(e => 1).Select(g => new
            {
                All = g.Count(), Open = g.Count(e => e.State == EncounterState.Open), Late = g.Count(e => e.DueOn < today),
                Entered = g.Count(e => e.State == EncounterState.Entered), Money = g.Sum(e => e.Total),
            }).FirstOrDefaultAsync(ct);
        return waiting is null ? null : new(
            Said.Count(waiting.All), waiting.All == 1
                ? "encounter to charge" : "encounters to charge", "/billing/encounters", waiting.Late > 0 ? "warn" : "ok",
            [
                new($"{Said.Count(waiting.Open)} with nothing entered", "/billing/encounters?show=open"),
                new($"{Said.Count(waiting.Entered)} to close, {Said.Money(waiting.Money)}", "/billing/encounters?show=entered"),
                new($"{Said.Count(waiting.Late)} late", "/billing/encounters?show=late"),
            ]);
    }
}
