using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Eligibility;

/// <summary>One answer of a payer with every benefit, to read and to print.</summary>
public sealed class ShowEligibility(BillingDb db, IPractice practice) : Slice
{
    public sealed record Model(EligibilityAnswer Answer, string Patient, string Payer, string File, string Zone);

    [HttpGet("/billing/eligibility/{id:guid}")]
    [Needs(BillingPermissions.Eligibility)]
    public async Task<IActionResult> Get([PatientOf<EligibilityAnswer>("eligibility answer")] Guid id, CancellationToken ct)
    {
        if (await db.EligibilityAnswers.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, ct) is not { } answer)
        {
            return NotFound();
        }

        var patient = await db.Patients.AsNoTracking().Where(p => p.Id == answer.PatientId).Select(p => p.Name).FirstOrDefaultAsync(ct);
        var payer = await db.Coverages.AsNoTracking().Where(c => c.Id == answer.CoverageId).Select(c => c.Payer).FirstOrDefaultAsync(ct);
        var file = await db.EligibilityFiles.AsNoTracking().Where(f => f.Id == answer.FileId).Select(f => f.Name).FirstOrDefaultAsync(ct);
        return Page(new Model(answer, patient ?? "Patient", payer ?? "Coverage that is no more", file ?? "", practice.Zone));
    }
}
