using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Authorizations;

/// <summary>Authorizations and referrals: those to get, by when they are due, and those on file.</summary>
public sealed class AuthorizationList(BillingDb db) : Slice
{
    internal static readonly ListDefinition<Authorization> List = new("billing.authorizations", "Authorizations")
    {
        Id = a => a.Id,
        Order = "due",
        Queue = Authorization.Queue.Lines(),
        Patients = a => [a.PatientId],
        Search = new("Patient, number, payer or what for", a => a.PatientName, a => a.Number ?? "", a => a.Payer + " " + a.What),
        Filters =
        [
            new("show", "Which ones", new Dictionary<string, string>
            {
                [""] = "To get", ["late"] = "Late", ["approved"] = "Approved", ["low"] = "One visit left or none", ["denied"] = "Denied", ["all"] = "All",
            }, (v, ask) => v switch
            {
                "" => a => a.State == Authorization.ToRequest || a.State == Authorization.Requested,
                "late" => a => (a.State == Authorization.ToRequest || a.State == Authorization.Requested) && a.DueOn < ask.Today,
                "low" => a => a.State == Authorization.Approved && a.Used + 1 >= a.Visits,
                "all" => null,
                _ => a => a.State == v,
            }),
            new("kind", "Kind", "Both", Authorization.Kinds, v => a => a.Kind == v),
        ],
        Columns =
        [
            new("due", "Due", a => a.DueOn) { Sort = a => a.DueOn, ByDay = true, Class = "nowrap" },
            new("patient", "Patient", a => a.PatientName)
            {
                Main = true, Sort = a => a.PatientName, Href = a => a.Url, HrefNeeds = BillingPermissions.Authorize, Drawer = true,
                Marks = a => a.Expedited ? [new("Expedited", "warn", "clock")] : [],
            },
            new("kind", "Kind", a => Authorization.Kinds[a.Kind]) { Optional = 2 },
            new("what", "For", a => a.What) { Class = "clip", Optional = 1 },
            new("payer", "Payer", a => a.Payer) { Sort = a => a.Payer },
            new("state", "State", a => Authorization.States[a.State]) { Class = "nowrap" },
            new("number", "Number", a => a.Number) { Class = "num nowrap" },
            new("used", "Used", a => a.Visits == null ? $"{a.Used}" : $"{a.Used} of {a.Visits}") { Class = "nowrap" },
            new("from", "From", a => a.ValidFrom) { Optional = 2 },
            new("to", "Last day", a => a.ValidTo) { Sort = a => a.ValidTo, Optional = 1 },
            new("type", "Visit type", a => a.VisitType) { FileOnly = true },
            new("codes", "Codes", a => string.Join(" ", a.Codes)) { FileOnly = true },
        ],
    };

    [HttpGet("/billing/authorizations")]
    [Needs(BillingPermissions.Authorizations)]
    [Export(BillingPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var file = AsFile;
        return ListAsync(List, db.Authorizations.AsNoTracking()
            .Where(a => !file || !db.Patients.Any(p => p.Id == a.PatientId && p.Restricted)), query, ct);
    }
}
