using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Encounters;
using Modular.Sdk;

namespace Modular.Billing.Api;

/// <summary>Encounters for programs. A program cannot be asked for a reason: those of restricted patients are left out.</summary>
public sealed class EncountersApi(BillingDb db) : ApiSlice
{
    [HttpGet("/api/billing/encounters")]
    [Needs(BillingPermissions.Export), Description("Encounters of the locations the program may see, with how far their charges have come."),
        Listed(typeof(EncounterList))]
    public Task<ActionResult> List(ApiListQuery query, CancellationToken ct) => ListAsync(
        EncounterList.List, db.Encounters.AsNoTracking().Where(e => !db.Patients.Any(p => p.Id == e.PatientId && p.Restricted)), query, ct);
}
