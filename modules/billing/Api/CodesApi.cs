using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Codes;
using Modular.Sdk;

namespace Modular.Billing.Api;

/// <summary>Codes for programs.</summary>
public sealed class CodesApi(BillingDb db) : ApiSlice
{
    [HttpGet("/api/billing/codes")]
    [Needs(BillingPermissions.Read), Description("Codes of the sets that were loaded, valid today unless asked otherwise."), Listed(typeof(CodeList))]
    public Task<ActionResult> List(ApiListQuery query, CancellationToken ct) => ListAsync(CodeList.List, db.Codes.AsNoTracking(), query, ct);
}
