using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Authorizations;
using Modular.Sdk;

namespace Modular.Billing.Api;

/// <summary>Authorizations for programs. A program cannot be asked for a reason: those of restricted patients are left out.</summary>
public sealed class AuthorizationsApi(BillingDb db) : ApiSlice
{
    [HttpGet("/api/billing/authorizations")]
    [Needs(BillingPermissions.Export), Description("Authorizations and referrals on file, with how many visits have used each."),
        Listed(typeof(AuthorizationList))]
    public Task<ActionResult> List(ApiListQuery query, CancellationToken ct) => ListAsync(
        AuthorizationList.List, db.Authorizations.AsNoTracking().Where(a => !db.Patients.Any(p => p.Id == a.PatientId && p.Restricted)), query, ct);
}
