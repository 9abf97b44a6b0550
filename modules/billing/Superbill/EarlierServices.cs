using Microsoft.EntityFrameworkCore;
using Modular.Billing.Encounters;

namespace Modular.Billing.Superbill;

/// <summary>What the practice did for a patient before, from its own encounters.</summary>
public sealed class EarlierServices(BillingDb db)
{
    public async Task<NewOrEstablished> OfAsync(Encounter e, CancellationToken ct)
    {
        var (patient, day, self) = (e.PatientId, e.ServiceFrom, e.Id);
        // Who left or was not charged for got no service; a kept visit whose charges are still to be entered did.
        var earlier = await db.Encounters.AsNoTracking()
            .Where(x => x.PatientId == patient && x.Id != self && x.ServiceFrom < day && x.State != EncounterState.Void
                && x.State != EncounterState.NoCharge)
            .OrderByDescending(x => x.ServiceFrom).Take(200)
            .Select(x => new EarlierService(x.ServiceTo < day ? x.ServiceTo : x.ServiceFrom, x.EntityId, x.RenderingId, x.Rendering, null))
                .ToListAsync(ct);
        return NewOrEstablished.Of(day, e.EntityId, e.RenderingId, null, earlier);
    }
}
