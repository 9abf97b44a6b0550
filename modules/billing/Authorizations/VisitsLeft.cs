using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Authorizations;

/// <summary>At booking and at check-in: what is authorized, what of it is left, and what the payers want.</summary>
public sealed class VisitsLeft(BillingDb db, Actor actor, IAccessLog log, IPractice practice, TimeProvider clock) : ISlotPanel
{
    /// <param name="Booked">Visits still to come that it fits.</param>
    public sealed record Line(Authorization Authorization, int Booked)
    {
        /// <summary>Visits that can still be booked on it.</summary>
        public int? Free => Authorization.Left is { } left ? Math.Max(0, left - Booked) : null;
    }

    public sealed record Model(Guid Patient, IReadOnlyList<Line> Lines, IReadOnlyList<string> Wanted, bool MayWrite);

    public async Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct)
    {
        var today = WallTime.Today(clock, practice.Zone);
        var all = await db.Authorizations.AsNoTracking().Where(a => a.PatientId == context.Id && a.State != Authorization.Ended
            && a.State != Authorization.Denied && (a.ValidTo == null || a.ValidTo >= today)).OrderBy(a => a.ValidTo).ToListAsync(ct);
        var coverages = await db.Coverages.AsNoTracking().Where(c => c.PatientId == context.Id).ToListAsync(ct);
        var payers = coverages.Where(c => c.RunsOn(today)).Select(c => c.PayerId).ToList();
        var needs = await db.AuthorizationNeeds.AsNoTracking().Where(n => payers.Contains(n.PayerId)).ToListAsync(ct);
        if (all.Count == 0 && needs.Count == 0)
        {
            return null;
        }

        var visits = await db.Visits.AsNoTracking().Where(v => v.PatientId == context.Id && v.Day >= today && v.Id != context.VisitId
            && (v.Status == "booked" || v.Status == "arrived")).ToListAsync(ct);
        log.Viewed(context.Id, "authorizations");
        return new("Authorizations", "Authorizations/_VisitsLeft", new Model(
            context.Id,
            [.. all.Select(a => new Line(a, visits.Count(v => a.Fits(v.Day, v.ProviderId, v.Type, AuthorizationUses.PayersOf(coverages, v.Day, v.CaseId)))))],
            [.. needs.Select(n => $"{coverages.Find(c => c.PayerId == n.PayerId)!.Payer} wants {(n.Kind == Authorization.Prior ? "an authorization" : "a referral")} for {n.VisitType ?? "every visit"}.")],
            actor.Can(BillingPermissions.Authorize)));
    }
}
