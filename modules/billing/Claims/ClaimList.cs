using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Claims;

/// <summary>The work list of claims: what is to be corrected, what is held, what waits for an answer.</summary>
public sealed class ClaimList(BillingDb db, ChosenLocation chosen) : Slice
{
    internal static readonly ListDefinition<Claim> List = new("billing.claims", "Claims")
    {
        Id = c => c.Id,
        Order = "due",
        Queue = ClaimWork.Queue.Lines(),
        Patients = c => [c.PatientId],
        Search = new("Patient, payer or number", c => c.PatientName, c => c.Number + " " + c.Payer + " " + (c.PayerClaimNumber ?? "")),
        Filters =
        [
            new("show", "Which claims", new Dictionary<string, string>
            {
                [""] = "To work on", ["to-correct"] = "To correct", ["held"] = "Held", ["to-send"] = "To send", ["unanswered"] = "Waiting for an answer",
                ["accepted"] = "Accepted", ["rejected"] = "Rejected", ["decided"] = "Decided", ["filing"] = "Filing limit within 14 days", ["void"] = "Void", ["all"] = "All",
            }, (v, ask) =>
            {
                var soon = ask.Today.AddDays(14);
                return v switch
                {
                    "" => c => c.State == ClaimState.ToCheck || c.State == ClaimState.ToCorrect || c.State == ClaimState.Held || c.State == ClaimState.Rejected,
                    "unanswered" => c => c.State == ClaimState.Sent || c.State == ClaimState.Received,
                    "filing" => c => c.FilingLastDay <= soon && (c.State == ClaimState.ToCheck || c.State == ClaimState.ToCorrect || c.State == ClaimState.Held
                        || c.State == ClaimState.ToSend || c.State == ClaimState.Rejected),
                    "all" => null,
                    _ => At(States.Read<ClaimState>(v)),
                };
            }),
        ],
        Columns =
        [
            new("number", "Claim", c => c.Number) { Sort = c => c.Number, Class = "nowrap" },
            new("patient", "Patient", c => c.PatientName) { Sort = c => c.PatientName, Main = true, Href = c => c.Url },
            new("payer", "Payer", c => c.Payer) { Sort = c => c.Payer },
            new("service", "Service", c => c.ServiceFrom) { Sort = c => c.ServiceFrom, ByDay = true, Class = "nowrap" },
            new("state", "State", c => c.State.Title()) { Class = "nowrap" },
            new("why", "Why", c => c.Faults.Length > 0 ? c.Faults[0] : c.HeldReason) { Optional = 1, Class = "clip" },
            new("due", "Due", c => c.DueOn) { Sort = c => c.DueOn, ByDay = true, Optional = 1, Class = "nowrap" },
            new("filing", "File by", c => c.FilingLastDay) { Sort = c => c.FilingLastDay, Optional = 2, Class = "nowrap" },
            new("total", "Charges", c => c.Total) { Sort = c => c.Total, Right = true },
            new("frequency", "Frequency", c => c.Frequency) { FileOnly = true },
            new("payer-number", "Payer's number", c => c.PayerClaimNumber) { FileOnly = true },
        ],
    };

    private static System.Linq.Expressions.Expression<Func<Claim, bool>> At(ClaimState state) => c => c.State == state;

    [HttpGet("/billing/claims")]
    [Needs(BillingPermissions.Read)]
    [Export(BillingPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var (here, file) = (chosen.Location?.Id, AsFile);
        return ListAsync(List, db.Claims.AsNoTracking().Where(c => here == null || c.LocationId == here)
            .Where(c => !file || !db.Patients.Any(p => p.Id == c.PatientId && p.Restricted)), query, ct);
    }
}
