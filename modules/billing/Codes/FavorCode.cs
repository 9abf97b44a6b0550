using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Codes;

/// <summary>Makes a code a favorite, or takes that back: of the person, or of everybody here.</summary>
public sealed class FavorCode(BillingDb db) : Slice
{
    [HttpPost("/billing/codes/favor/{id:guid}")]
    [Needs(BillingPermissions.Charge)]
    public async Task<IActionResult> Post(Guid id, bool everybody, CancellationToken ct)
    {
        if (everybody && !Actor.Can(BillingPermissions.Setup))
        {
            return Forbid();
        }

        if (await db.Codes.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct) is not { } code)
        {
            return NotFound();
        }

        var person = everybody ? null : Actor.PersonId;
        var shown = CodeSystems.Show(code.System, code.Code);
        if (await db.Favorites.FirstOrDefaultAsync(f => f.PersonId == person && f.System == code.System && f.Code == code.Code, ct) is { } favorite)
        {
            db.Remove(favorite);
            await db.SaveChangesAsync(ct);
            return Done("/billing/codes", $"{shown} is no favorite any more.", undo: $"/billing/codes/favor/{id}?everybody={everybody}");
        }

        db.Add(new Favorite { PersonId = person, System = code.System, Code = code.Code });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (db.Explain(e) is not null)
        {
            // Clicked twice: it is one already.
        }

        return Done("/billing/codes", $"{shown} is a favorite{(everybody ? " of the practice" : "")} now.");
    }
}
