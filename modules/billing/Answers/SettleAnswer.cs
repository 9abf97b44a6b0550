using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Answers;

/// <summary>An answer about nothing that we sent: a person has seen it, and it waits no more.</summary>
public sealed class SettleAnswer(BillingDb db) : Slice
{
    public sealed record Model(ClaimAnswer Answer);

    [HttpGet("/billing/answers/settle/{id:guid}")]
    [Needs(BillingPermissions.Claims)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) =>
        await FindAsync(id, ct) is { } answer ? Page(new Model(answer)) : NotFound();

    [HttpPost("/billing/answers/settle/{id:guid}")]
    [Needs(BillingPermissions.Claims)]
    public async Task<IActionResult> Post(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } answer)
        {
            return NotFound();
        }

        if (answer.SettledAt is null)
        {
            (answer.SettledBy, answer.SettledAt) = (Actor.Name, Clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
        }

        return Done($"/billing/answers/{answer.FileId}", "It waits no more.");
    }

    private Task<ClaimAnswer?> FindAsync(Guid id, CancellationToken ct) => db.ClaimAnswers.FirstOrDefaultAsync(a => a.Id == id && a.ClaimId == null, ct);
}
