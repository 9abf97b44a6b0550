using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Charges;
using Modular.Sdk;

namespace Modular.Billing.Encounters;

/// <summary>The work list of charges: what is to be entered, the oldest first; what is ready; what has no visit behind it.</summary>
public sealed class EncounterList(BillingDb db, ChosenLocation chosen) : Slice
{
    internal static readonly ListDefinition<Encounter> List = new("billing.encounters", "Charges")
    {
        Id = e => e.Id,
        Order = "service",
        Queue = EncounterWork.Queue.Lines(),
        Patients = e => [e.PatientId],
        Search = new("Patient, provider or what it was", e => e.PatientName, e => (e.Rendering ?? "") + " " + e.What),
        Filters =
        [
            new("show", "Which encounters", new Dictionary<string, string>
            {
                [""] = "To enter or close", ["open"] = "Nothing entered", ["entered"] = "Entered, not closed", ["late"] = "Late", ["ready"] = "Ready",
                ["no-visit"] = "Charges without a visit", ["no-charge"] = "No charge", ["void"] = "Void", ["all"] = "All",
            }, (v, ask) => v switch
            {
                "late" => e => (e.State == EncounterState.Open || e.State == EncounterState.Entered) && e.DueOn < ask.Today,
                "no-visit" => e => e.VisitId == null && (e.State == EncounterState.Entered || e.State == EncounterState.Ready),
                "all" => null,
                "" => e => e.State == EncounterState.Open || e.State == EncounterState.Entered,
                _ => At(States.Read<EncounterState>(v)),
            }),
            new("source", "Source", "Any source", new Dictionary<string, string>
            {
                ["visit"] = "Kept visit", ["form"] = "Entered by hand", ["rounds"] = "Rounding list", ["program"] = "Program", ["import"] = "File", ["hl7"] = "HL7",
            }, v => e => e.Source == v),
        ],
        Columns =
        [
            new("service", "Service", e => e.ServiceFrom) { Sort = e => e.ServiceFrom, ByDay = true, Class = "nowrap" },
            new("patient", "Patient", e => e.PatientName) { Sort = e => e.PatientName, Main = true, Href = e => e.Url },
            new("what", "What it was", e => e.What) { Optional = 1, Class = "clip" },
            new("provider", "Provider", e => e.Rendering) { Sort = e => e.Rendering },
            new("state", "State", e => e.State.Title()) { Class = "nowrap" },
            new("due", "Due", e => e.DueOn) { Sort = e => e.DueOn, ByDay = true, Optional = 1, Class = "nowrap" },
            new("total", "Charges", e => e.Total) { Sort = e => e.Total, Right = true },
            new("until", "Until", e => e.ServiceTo) { FileOnly = true },
            new("place", "Place of service", e => PlacesOfService.Name(e.PlaceOfService)) { FileOnly = true },
            new("source", "Source", e => e.Source) { FileOnly = true },
            new("end-reason", "Reason of no charge or void", e => e.EndReason) { FileOnly = true },
        ],
    };

    private static Expression<Func<Encounter, bool>> At(EncounterState state) => e => e.State == state;

    [HttpGet("/billing/encounters")]
    [Needs(BillingPermissions.Read)]
    [Export(BillingPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        // The count in the rail is of the place in the top bar, and so is its list.
        var (here, file) = (chosen.Location?.Id, AsFile);
        return ListAsync(List, db.Encounters.AsNoTracking().Where(e => here == null || e.LocationId == here)
            .Where(e => !file || !db.Patients.Any(p => p.Id == e.PatientId && p.Restricted)), query, ct);
    }
}
