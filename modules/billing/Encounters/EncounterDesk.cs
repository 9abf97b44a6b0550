using Microsoft.EntityFrameworkCore;
using Modular.Billing.Charges;
using Modular.Billing.Claims;
using Modular.Sdk;

namespace Modular.Billing.Encounters;

/// <summary>Takes a step of an encounter for whoever asks, in one transaction with its entries and with what the provider used.</summary>
public sealed class EncounterDesk(BillingDb db, EncounterDefaults defaults, EncounterClaims claims, Actor actor, TimeProvider clock)
{
    /// <summary>All of it; null when there is none, or it is at a place where this person does not work.</summary>
    public Task<Encounter?> OpenAsync(Guid id, CancellationToken ct) => db.Encounters
        .Include(e => e.Diagnoses).Include(e => e.Lines).Include(e => e.Coverages).Include(e => e.Charges).Include(e => e.History).AsSplitQuery()
        .FirstOrDefaultAsync(e => e.Id == id, ct);

    public Task<StepResult> TakeAsync(Encounter encounter, int version, Step<Encounter, EncounterState> step, Func<Encounter, DateTimeOffset,
        string, string?> take, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return EncounterSteps.All.TakeAsync(db, actor, encounter, version, step, e => take(e, now, actor.Name), ct,
            after: () => claims.FollowAsync(encounter, now, actor.Name, ct));
    }

    public async Task<StepResult> LockAsync(Encounter encounter, int version, CancellationToken ct)
    {
        encounter.EntityId ??= await defaults.EntityAsync(encounter.LocationId, ct);
        var coverages = await defaults.CoveragesAsync(encounter, ct);
        var now = clock.GetUtcNow();
        var first = !encounter.Charges.Exists(c => c.Kind == "charge");
        return await EncounterSteps.All.TakeAsync(
            db, actor, encounter, version, EncounterSteps.Lock, e => e.Lock(coverages, now, actor.Name), ct, after: async () =>
            {
                await (first ? CountAsync(encounter, ct) : Task.CompletedTask);
                await claims.FollowAsync(encounter, now, actor.Name, ct);
            });
    }

    /// <summary>What was charged becomes the provider's own short list; a correction counts nothing twice.</summary>
    private async Task CountAsync(Encounter encounter, CancellationToken ct)
    {
        var used = encounter.Lines.Select(l => (System: "service", l.Code)).Concat(encounter.Diagnoses.Select(d => (System: "diagnosis",
            d.Code))).Distinct().Order();
        foreach (var (system, code) in used)
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into billing.code_uses (provider_id, system, code, uses, last_on) values ({encounter.RenderingId}, {system}, {code}, 1, {encounter.ServiceFrom})
                on conflict (provider_id, system, code) do update set uses = code_uses.uses + 1, last_on = greatest(code_uses.last_on,
                    excluded.last_on)
                """, ct);
        }
    }
}
