using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Panels.Chores;

/// <summary>A chore that nobody does any more: a second person agrees first.</summary>
public sealed class DropChore(PanelsDb db, IApprovals approvals) : Slice
{
    public static readonly ApprovalKind Kind = new("panels.drop-chore", "Dropping a chore", "panels.secret.read");

    [HttpPost("/panels/chores/{id:guid}/drop")]
    [Needs("panels.page.read")]
    public async Task<IActionResult> Post(Guid id, string? why, CancellationToken ct)
    {
        if (await db.Chores.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct) is not { } chore)
        {
            return NotFound();
        }

        var refused = await approvals.AskAsync(Kind, new($"{id}", $"Drop the chore {chore.Text}", why ?? "Not said", $"/panels/chores/{id}"), ct);
        return Done($"/panels/chores/{id}", refused ?? "Somebody else decides.");
    }
}

public sealed class DropApprovedHandler(PanelsDb db)
{
    public async Task HandleAsync(ApprovalDecided decided, CancellationToken ct)
    {
        if (decided.Kind == DropChore.Kind.Id && decided.Approved
            && await db.Chores.FirstOrDefaultAsync(c => c.Id == Guid.Parse(decided.Key) && !c.Done, ct) is { } chore)
        {
            chore.Done = true;
            await db.SaveChangesAsync(ct);
        }
    }
}
