using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Claims;
using Modular.Sdk;

namespace Modular.Billing.Api;

/// <summary>Claims for programs. A program cannot be asked for a reason: those of restricted patients are left out.</summary>
public sealed class ClaimsApi(BillingDb db) : ApiSlice
{
    [HttpGet("/api/billing/claims")]
    [Needs(BillingPermissions.Export), Description("Claims of the locations the program may see, with where each is on its way to the payer."),
        Listed(typeof(ClaimList))]
    public Task<ActionResult> List(ApiListQuery query, CancellationToken ct) => ListAsync(
        ClaimList.List, db.Claims.AsNoTracking().Where(c => !db.Patients.Any(p => p.Id == c.PatientId && p.Restricted)), query, ct);
}
