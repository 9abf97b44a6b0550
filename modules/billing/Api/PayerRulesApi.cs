using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Modular.Billing.Payers;
using Modular.Sdk;

namespace Modular.Billing.Api;

/// <summary>Payers' rules for programs.</summary>
public sealed class PayerRulesApi(BillingDb db) : ApiSlice
{
    [HttpGet("/api/billing/payer-rules")]
    [Needs(BillingPermissions.Read), Description("What payers demand of claims, each with its source."), Listed(typeof(PayerRuleList))]
    public Task<ActionResult> List(ApiListQuery query, CancellationToken ct) =>
        ListAsync(PayerRuleList.List, PayerRuleList.Rows(db), query, ct);
}
