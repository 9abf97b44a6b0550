using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Codes;
using Modular.Billing.Fees;
using Modular.Billing.Payers;
using Modular.Sdk;

namespace Modular.Billing.Api;

/// <summary>Codes, fee schedules and payers' rules for programs.</summary>
public sealed class SetUpApi(BillingDb db) : ApiSlice
{
    [HttpGet("/api/billing/codes")]
    [Needs(BillingPermissions.Read), Description("Codes of the sets that were loaded, valid today unless asked otherwise."), Listed(typeof(CodeList))]
    public Task<ActionResult> Codes(ApiListQuery query, CancellationToken ct) => ListAsync(CodeList.List, db.Codes.AsNoTracking(), query, ct);

    [HttpGet("/api/billing/fee-schedules")]
    [Needs(BillingPermissions.Read), Description("Fee schedules: charges, contracts, Medicare."), Listed(typeof(FeeScheduleList))]
    public Task<ActionResult> FeeSchedules(ApiListQuery query, CancellationToken ct) =>
        ListAsync(FeeScheduleList.List, FeeScheduleList.Rows(db), query, ct);

    [HttpGet("/api/billing/payer-rules")]
    [Needs(BillingPermissions.Read), Description("What payers demand of claims, each with its source."), Listed(typeof(PayerRuleList))]
    public Task<ActionResult> PayerRules(ApiListQuery query, CancellationToken ct) =>
        ListAsync(PayerRuleList.List, PayerRuleList.Rows(db), query, ct);
}
