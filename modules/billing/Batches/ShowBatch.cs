using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Claims;
using Modular.Sdk;

namespace Modular.Billing.Batches;

/// <summary>A batch: its numbers, its claims, its file; taken back while nobody has answered.</summary>
public sealed class ShowBatch(BillingDb db, IAccessLog log, IPractice practice) : Slice
{
    public sealed record Model(ClaimBatchFile Batch, IReadOnlyList<Claim> Claims, string Zone)
    {
        public bool MayTakeBack => Batch.RecalledAt is null && Claims.Count == Batch.Claims && Claims.All(c => c.State == ClaimState.Sent);
    }

    [HttpGet("/billing/batches/{id:guid}")]
    [Needs(BillingPermissions.Claims)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        if (await db.ClaimBatches.AsNoTracking().FirstOrDefaultAsync(b => b.Id == id, ct) is not { } batch)
        {
            return NotFound();
        }

        var claims = await ClaimsAsync(id).AsNoTracking().ToListAsync(ct);
        log.Listed([.. claims.Select(c => c.PatientId).Distinct()], "batch of claims");
        return Page(new Model(batch, claims, practice.Zone));
    }

    /// <summary>The file names every patient in it: it is for who works at every place and sees every claim of it.</summary>
    [HttpGet("/billing/batches/{id:guid}/file")]
    [Needs(BillingPermissions.Export)]
    public async Task<IActionResult> Download(Guid id, CancellationToken ct)
    {
        if (await db.ClaimBatches.AsNoTracking().FirstOrDefaultAsync(b => b.Id == id, ct) is not { } batch)
        {
            return NotFound();
        }

        var patients = await ClaimsAsync(id).Select(c => c.PatientId).ToListAsync(ct);
        if (patients.Count != batch.Claims)
        {
            return Done(batch.Url, "The file has claims of places or charts that are not open to you. Ask somebody who works there.");
        }

        log.Listed([.. patients.Distinct()], "file of claims, downloaded");
        return File(batch.File, "application/edi-x12", batch.FileName);
    }

    [HttpPost("/billing/batches/{id:guid}/take-back")]
    [Needs(BillingPermissions.Claims)]
    public async Task<IActionResult> TakeBack(Guid id, CancellationToken ct)
    {
        if (await db.ClaimBatches.FirstOrDefaultAsync(b => b.Id == id, ct) is not { } batch)
        {
            return NotFound();
        }

        var claims = await ClaimsAsync(id).ToListAsync(ct);
        if (!new Model(batch, claims, practice.Zone).MayTakeBack)
        {
            return Done(batch.Url, "Somebody has answered some of these claims, or the batch was taken back: nothing was changed.");
        }

        var now = Clock.GetUtcNow();
        (batch.RecalledAt, batch.RecalledBy) = (now, Actor.Name);
        foreach (var claim in claims)
        {
            claim.Recall($"Batch {batch.Reference} was taken back", now, Actor.Name);
        }

        foreach (var row in await db.BatchClaims.Where(b => b.BatchId == id).ToListAsync(ct))
        {
            row.Live = false;
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Done(batch.Url, "Somebody changed this batch at the same moment: look again.");
        }

        return Done(batch.Url, $"Batch {batch.Reference} is taken back; its claims wait to be sent.");
    }

    private IQueryable<Claim> ClaimsAsync(Guid batch) => db.Claims.Where(c => db.BatchClaims.Any(b => b.BatchId == batch && b.ClaimId == c.Id)).OrderBy(c => c.Id);
}
