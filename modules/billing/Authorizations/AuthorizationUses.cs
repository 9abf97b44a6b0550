using Microsoft.EntityFrameworkCore;
using Modular.Billing.Eligibility;
using Modular.Billing.Reactions;
using Modular.Sdk;

namespace Modular.Billing.Authorizations;

/// <summary>
/// Which kept visits use which authorization. It follows from the visits and the authorizations as they are, so that messages may come late, twice
/// and in any order: a visit that is taken back gives back by not being there.
/// </summary>
public sealed class AuthorizationUses(BillingDb db)
{
    /// <summary>One count of a patient at a time; taken before visits or authorizations of the patient are read.</summary>
    public Task LockAsync(IWrite write, Guid patient, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        return write.LockAsync($"billing authorizations {patient}", ct);
    }

    /// <summary>Counts anew, inside the write of the caller.</summary>
    public async Task CountAsync(Guid patient, CancellationToken ct)
    {
        var authorizations = await db.Authorizations.AsNoTracking().Where(a => a.PatientId == patient && a.State != Authorization.ToRequest).ToListAsync(ct);
        var uses = await db.AuthorizationUses.Where(u => u.PatientId == patient).ToListAsync(ct);
        if (authorizations.Count == 0 && uses.Count == 0)
        {
            return;
        }

        var visits = await db.Visits.AsNoTracking().Where(v => v.PatientId == patient && v.Status == "checked-out").ToListAsync(ct);
        var coverages = await db.Coverages.AsNoTracking().Where(c => c.PatientId == patient).ToListAsync(ct);
        var due = Allot(authorizations, visits, coverages).ToDictionary(u => (u.VisitId, u.Kind));
        // What is given back goes first: it may be the last unit that another visit takes.
        db.RemoveRange(uses.Where(u => !due.TryGetValue((u.VisitId, u.Kind), out var now) || now.AuthorizationId != u.AuthorizationId));
        await db.SaveChangesAsync(ct);
        var there = uses.Where(u => db.Entry(u).State == EntityState.Unchanged).Select(u => (u.VisitId, u.Kind)).ToHashSet();
        db.AddRange(due.Where(u => !there.Contains(u.Key)).Select(u => u.Value));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Visits in the order of their days; of the authorizations that fit, the one that ends first.</summary>
    public static List<AuthorizationUse> Allot(
        IEnumerable<Authorization> authorizations, IEnumerable<KnownVisit> visits, IReadOnlyCollection<KnownCoverage> coverages)
    {
        var all = authorizations.OrderBy(a => a.ValidTo ?? DateOnly.MaxValue).ThenBy(a => a.ValidFrom).ThenBy(a => a.Id).ToList();
        var left = all.ToDictionary(a => a.Id, a => a.Visits ?? int.MaxValue);
        var uses = new List<AuthorizationUse>();
        foreach (var visit in visits.Where(v => v.Kept).OrderBy(v => v.StartsAt).ThenBy(v => v.Id))
        {
            var payers = PayersOf(coverages, visit.Day, visit.CaseId);
            foreach (var kind in Authorization.Kinds.Keys)
            {
                if (all.Find(a => a.Kind == kind && left[a.Id] > 0 && a.Fits(visit.Day, visit.ProviderId, visit.Type, payers)) is { } taken)
                {
                    left[taken.Id]--;
                    uses.Add(new() { AuthorizationId = taken.Id, Kind = kind, VisitId = visit.Id, PatientId = visit.PatientId, Day = visit.Day });
                }
            }
        }

        return uses;
    }

    /// <summary>Who pays on a day: for a case its own coverage, else all that are not of a case.</summary>
    public static HashSet<Guid> PayersOf(IEnumerable<KnownCoverage> coverages, DateOnly day, Guid? caseId) =>
        [.. coverages.Where(c => c.RunsOn(day) && c.CaseId == caseId).Select(c => c.PayerId)];
}
