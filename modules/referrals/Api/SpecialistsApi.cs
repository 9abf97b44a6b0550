using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Referrals.Specialists;
using Modular.Sdk;

namespace Modular.Referrals.Api;

/// <summary>The practice's specialists for programs.</summary>
public sealed class SpecialistsApi(ReferralsDb db) : ApiSlice
{
    [HttpGet("/api/referrals/specialists")]
    [Needs(ReferralsPermissions.Read), Description("Specialists, with how many patients are on the way to each."), Listed(typeof(SpecialistList))]
    public Task<ActionResult> List(ApiListQuery query, CancellationToken ct) => ListAsync(SpecialistList.List, SpecialistList.Rows(db), query, ct);
}
