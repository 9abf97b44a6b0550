using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Modular.Billing.Fees;
using Modular.Sdk;

namespace Modular.Billing.Api;

/// <summary>Fee schedules for programs.</summary>
public sealed class FeeSchedulesApi(BillingDb db) : ApiSlice
{
    [HttpGet("/api/billing/fee-schedules")]
    [Needs(BillingPermissions.Read), Description("Fee schedules: charges, contracts, Medicare."), Listed(typeof(FeeScheduleList))]
    public Task<ActionResult> List(ApiListQuery query, CancellationToken ct) =>
        ListAsync(FeeScheduleList.List, FeeScheduleList.Rows(db), query, ct);
}
