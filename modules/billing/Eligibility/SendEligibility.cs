using Microsoft.AspNetCore.Mvc;
using Modular.Billing.X12;
using Modular.Sdk;

namespace Modular.Billing.Eligibility;

/// <summary>Writes a 270 of all that waits to be asked, to send to the clearing house.</summary>
public sealed class SendEligibility(EligibilityDesk desk) : Slice
{
    [HttpPost("/billing/eligibility/send")]
    [Needs(BillingPermissions.AskEligibility)]
    public async Task<IActionResult> Post(CancellationToken ct)
    {
        try
        {
            var written = await desk.WriteAsync(ct);
            return written.File is { } file ? File(file, "application/EDI-X12", $"eligibility-{Clock.GetUtcNow():yyyyMMdd-HHmmss}.270")
                : Done("/billing/eligibility", written.Reason!);
        }
        catch (X12WriteException e)
        {
            return Done("/billing/eligibility", $"Nothing was written: {e.Message} Correct the name or number in the patient's coverage.");
        }
    }
}
