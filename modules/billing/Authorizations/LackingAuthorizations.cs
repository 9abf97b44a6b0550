using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Eligibility;
using Modular.Sdk;

namespace Modular.Billing.Authorizations;

/// <summary>Visits of the next 14 days whose payer wants an authorization or a referral that is not on file, or has no visit left for them.</summary>
public sealed class LackingAuthorizations(BillingDb db, ChosenLocation chosen, IPractice practice) : Slice
{
    public const int Days = 14;

    public sealed class Line
    {
        public required KnownVisit Visit { get; init; }
        public required AuthorizationNeed Need { get; init; }
        public string? Patient { get; init; }
        public string? Payer { get; init; }
        public string? Open { get; init; }
    }

    internal static readonly ListDefinition<Line> List = new("billing.lacking-authorizations", "Visits that lack an authorization")
    {
        Id = l => l.Visit.Id,
        Order = "time",
        Patients = l => [l.Visit.PatientId],
        Search = new("Patient, payer or visit type", l => l.Patient, l => l.Payer, l => l.Visit.Type),
        Filters = [new("kind", "What is lacking", "Either", Authorization.Kinds, v => l => l.Need.Kind == v)],
        Columns =
        [
            new("time", "Visit", l => l.Visit.StartsAt) { Sort = l => l.Visit.StartsAt, Class = "nowrap" },
            new("patient", "Patient", l => l.Patient)
            {
                Main = true, Sort = l => l.Patient, Href = l => $"/billing/authorizations/edit/{l.Visit.PatientId}",
                HrefNeeds = BillingPermissions.Authorize, Drawer = true,
            },
            new("type", "Type", l => l.Visit.Type) { Sort = l => l.Visit.Type },
            new("provider", "Provider", l => l.Visit.Provider) { Optional = 1 },
            new("payer", "Payer", l => l.Payer) { Sort = l => l.Payer },
            new("kind", "Lacks", l => Authorization.Kinds[l.Need.Kind]),
            new("open", "On its way", l => l.Open == null ? "Not begun" : Authorization.States[l.Open]),
        ],
    };

    [HttpGet("/billing/authorizations/lacking")]
    [Needs(BillingPermissions.Authorizations)]
    [Export(BillingPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var here = chosen.Location?.Id;
        var (today, file) = (WallTime.Today(Clock, chosen.Location?.Zone ?? practice.Zone), AsFile);
        return ListAsync(List, Lacking(db, today).Where(l => here == null || l.Visit.LocationId == here)
            .Where(l => !file || !db.Patients.Any(p => p.Id == l.Visit.PatientId && p.Restricted)), query, ct);
    }

    internal static IQueryable<Line> Lacking(BillingDb db, DateOnly today)
    {
        var last = today.AddDays(Days);
        return
            from v in db.Visits.AsNoTracking()
            where v.Day >= today && v.Day <= last && (v.Status == "booked" || v.Status == "arrived")
            from n in db.AuthorizationNeeds
            where (n.VisitType == null || EF.Functions.ILike(v.Type, n.VisitType))
                && db.Coverages.Any(c => c.PatientId == v.PatientId && c.PayerId == n.PayerId && c.CaseId == v.CaseId
                    && c.EffectiveFrom <= v.Day && (c.EffectiveTo == null || c.EffectiveTo >= v.Day))
                // Visits before this one that are still to come take theirs first.
                && !db.Authorizations.Any(a => a.PatientId == v.PatientId && a.PayerId == n.PayerId && a.Kind == n.Kind
                    && a.State == Authorization.Approved && a.ValidFrom <= v.Day && (a.ValidTo == null || a.ValidTo >= v.Day)
                    && (a.ProviderId == null || a.ProviderId == v.ProviderId) && (a.VisitType == null || EF.Functions.ILike(v.Type, a.VisitType))
                    && (a.Visits == null || a.Used + db.Visits.Count(o => o.PatientId == v.PatientId && o.StartsAt < v.StartsAt && o.Day >= a.ValidFrom
                        && (o.Status == "booked" || o.Status == "arrived") && (a.ProviderId == null || a.ProviderId == o.ProviderId)
                        && (a.VisitType == null || EF.Functions.ILike(o.Type, a.VisitType))) < a.Visits))
            select new Line
            {
                Visit = v,
                Need = n,
                Patient = db.Patients.Where(p => p.Id == v.PatientId).Select(p => p.Name).FirstOrDefault(),
                Payer = db.Payers.Where(p => p.Id == n.PayerId).Select(p => p.Name).FirstOrDefault(),
                Open = db.Authorizations.Where(a => a.PatientId == v.PatientId && a.PayerId == n.PayerId && a.Kind == n.Kind
                    && (a.State == Authorization.ToRequest || a.State == Authorization.Requested)).Select(a => a.State).FirstOrDefault(),
            };
    }
}
