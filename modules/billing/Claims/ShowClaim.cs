using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Answers;
using Modular.Billing.Batches;
using Modular.Billing.ClaimFiles;
using Modular.Sdk;

namespace Modular.Billing.Claims;

/// <summary>The whole life of one claim on one page, and the claim on paper.</summary>
public sealed class ShowClaim(BillingDb db, ClaimFactsBuilder facts, ILabels labels) : Slice
{
    public sealed record Model(Claim Claim, ClaimFacts? Facts, IReadOnlyList<(ClaimBatchFile Batch, BatchClaim Row)> Batches, IReadOnlyList<ClaimAnswer> Answers, string? Replaces,
        DateOnly Today);

    [HttpGet("/billing/claims/{id:guid}")]
    [Needs(BillingPermissions.Read)]
    public async Task<IActionResult> Get([PatientOf<Claim>("claim")] Guid id, CancellationToken ct)
    {
        if (await db.Claims.AsNoTracking().Include(c => c.History).FirstOrDefaultAsync(c => c.Id == id, ct) is not { } claim)
        {
            return NotFound();
        }

        var batches = await db.BatchClaims.AsNoTracking().Where(b => b.ClaimId == id).Join(db.ClaimBatches.AsNoTracking(), b => b.BatchId, f => f.Id, (b, f) => new { f, b })
            .OrderByDescending(x => x.f.MadeAt).ToListAsync(ct);
        var answers = await db.ClaimAnswers.AsNoTracking().Where(a => a.ClaimId == id).OrderByDescending(a => a.CameAt).ThenByDescending(a => a.Line).ToListAsync(ct);
        var replaces = claim.ReplacesId is { } old ? await db.Claims.Where(c => c.Id == old).Select(c => c.Number).FirstOrDefaultAsync(ct) : null;
        return Page(new Model(claim, (await facts.BuildAsync([claim], ct))[id].Facts, [.. batches.Select(x => (x.f, x.b))], answers, replaces, WallTime.Today(Clock, claim.Zone)));
    }

    [HttpGet("/billing/claims/{id:guid}/paper")]
    [Needs(BillingPermissions.Read)]
    public async Task<IActionResult> Paper([PatientOf<Claim>("claim on paper")] Guid id, bool redForm, CancellationToken ct)
    {
        if (await db.Claims.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct) is not { } claim)
        {
            return NotFound();
        }

        var built = (await facts.BuildAsync([claim], ct))[id];
        if (built.Facts is null)
        {
            return Done(claim.Url, built.Missing[0]);
        }

        var pages = Cms1500.Pages(built.Facts).Select(p => redForm ? p.Data(0, 0) : p.Plain()).ToList();
        return File(labels.Pdf("Claim", LabelSheet.LetterPage, pages), "application/pdf");
    }
}
