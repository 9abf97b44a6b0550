using Microsoft.EntityFrameworkCore;
using Modular.Billing.Encounters;
using Modular.Sdk;

namespace Modular.Billing.Panels;

/// <summary>A patient's latest encounters, beside the chart.</summary>
public sealed class PatientEncounters(BillingDb db, Actor actor, IAccessLog log, IPractice practice, TimeProvider clock) : ISlotPanel
{
    public sealed record Model(Guid Patient, IReadOnlyList<Encounter> Latest, DateOnly Today, bool MayCharge);

    public async Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct)
    {
        var latest = await db.Encounters.AsNoTracking().Where(e => e.PatientId == context.Id && e.State != EncounterState.Void)
            .OrderByDescending(e => e.ServiceFrom).ThenBy(e => e.Id).Take(5).ToListAsync(ct);
        if (latest.Count > 0)
        {
            log.Viewed(context.Id, "charges");
        }

        return new("Charges", "Panels/_PatientEncounters", new Model(context.Id, latest, WallTime.Today(clock, practice.Zone),
            actor.Can(BillingPermissions.Charge)));
    }
}
