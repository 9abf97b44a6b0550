using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Api;

/// <summary>Referrals for programs. A program cannot be asked for a reason: those of restricted patients are left out.</summary>
public sealed class ReferralsApi(ReferralsDb db) : ApiSlice
{
    [HttpGet("/api/referrals")]
    [Needs(ReferralsPermissions.Export), Description("Referrals of the locations the program may see, the oldest first."), Listed(typeof(ReferralColumns))]
    public Task<ActionResult> List(ApiListQuery query, CancellationToken ct) => ListAsync(
        ReferralColumns.List, db.Referrals.AsNoTracking().Where(r => !db.Patients.Any(p => p.Id == r.PatientId && p.Restricted)), query, ct);
}
