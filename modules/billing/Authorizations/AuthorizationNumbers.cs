using Microsoft.EntityFrameworkCore;

namespace Modular.Billing.Authorizations;

/// <param name="Authorization">REF*G1.</param>
/// <param name="Referral">REF*9F.</param>
public sealed record AuthorizationNumber(string? Authorization, string? Referral);

/// <summary>The numbers that claims of encounters carry.</summary>
public sealed class AuthorizationNumbers(BillingDb db)
{
    /// <summary>By encounter; one that has no number is left out. What its visit used, or without a visit what fits its day and has visits left.</summary>
    public async Task<IReadOnlyDictionary<Guid, AuthorizationNumber>> ForAsync(IReadOnlyList<Guid> encounters, CancellationToken ct = default)
    {
        var asked = await db.Encounters.AsNoTracking().Where(e => encounters.Contains(e.Id))
            .Select(e => new { e.Id, e.VisitId, e.PatientId, e.ServiceFrom, e.RenderingId, e.CaseId }).ToListAsync(ct);
        Guid[] visits = [.. asked.Where(e => e.VisitId != null).Select(e => e.VisitId!.Value)], patients = [.. asked.Select(e => e.PatientId).Distinct()];
        var authorizations = await db.Authorizations.AsNoTracking().Where(a => patients.Contains(a.PatientId) && a.Number != null).ToListAsync(ct);
        if (authorizations.Count == 0)
        {
            return new Dictionary<Guid, AuthorizationNumber>();
        }

        var uses = (await db.AuthorizationUses.AsNoTracking().Where(u => visits.Contains(u.VisitId)).ToListAsync(ct)).ToLookup(u => u.VisitId);
        var coverages = (await db.Coverages.AsNoTracking().Where(c => patients.Contains(c.PatientId)).ToListAsync(ct)).ToLookup(c => c.PatientId);
        var found = new Dictionary<Guid, AuthorizationNumber>();
        foreach (var e in asked)
        {
            var payers = AuthorizationUses.PayersOf(coverages[e.PatientId], e.ServiceFrom, e.CaseId);
            string? Of(string kind) => e.VisitId is { } visit
                ? authorizations.Find(a => uses[visit].Any(u => u.Kind == kind && u.AuthorizationId == a.Id))?.Number
                : authorizations.Where(a => a.PatientId == e.PatientId && a.Kind == kind && (a.Left is null or > 0))
                    .Where(a => a.Fits(e.ServiceFrom, e.RenderingId, null, payers)).OrderBy(a => a.ValidTo ?? DateOnly.MaxValue).FirstOrDefault()?.Number;
            var number = new AuthorizationNumber(Of(Authorization.Prior), Of(Authorization.Referral));
            if (number is not { Authorization: null, Referral: null })
            {
                found[e.Id] = number;
            }
        }

        return found;
    }
}
