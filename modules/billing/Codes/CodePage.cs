using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Codes;

/// <summary>All that is known of one code: its days, how Medicare pays it, how many units a day, and what it is not paid with.</summary>
public sealed class CodePage(BillingDb db, IPractice practice) : Slice
{
    public sealed record Model(
        BillingCode Code, IReadOnlyList<BillingCode> Others, IReadOnlyList<RelativeValue> Values, UnitLimit? Units, int Pairs,
            IReadOnlyList<NcciPair> FirstPairs, bool Mine, bool Ours);

    [HttpGet("/billing/codes/{id:guid}")]
    [Needs(BillingPermissions.Read)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        if (await db.Codes.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct) is not { } code)
        {
            return NotFound();
        }

        var today = WallTime.Today(Clock, practice.Zone);
        var pairs = db.NcciPairs.AsNoTracking().Where(p => (p.Column1 == code.Code || p.Column2 == code.Code) && p.Modifier != "9"
            && p.ValidFrom <= today && (p.ValidTo == null || p.ValidTo >= today));
        return Page(new Model(
            code,
            await db.Codes.AsNoTracking().Where(c => c.System == code.System && c.Code == code.Code && c.Id != id).OrderByDescending(c => c.ValidFrom)
                .ToListAsync(ct),
            await db.RelativeValues.AsNoTracking().Where(v => v.Code == code.Code && v.ValidFrom <= today && (v.ValidTo == null || v.ValidTo >= today))
                .OrderBy(v => v.Modifier).ToListAsync(ct),
            await db.UnitLimits.AsNoTracking().FirstOrDefaultAsync(u => u.Code == code.Code && u.ValidFrom <= today
                && (u.ValidTo == null || u.ValidTo >= today), ct),
            await pairs.CountAsync(ct),
            await pairs.OrderBy(p => p.Column1).ThenBy(p => p.Column2).Take(20).ToListAsync(ct),
            await db.Favorites.AnyAsync(f => f.System == code.System && f.Code == code.Code && f.PersonId == Actor.PersonId, ct),
            await db.Favorites.AnyAsync(f => f.System == code.System && f.Code == code.Code && f.PersonId == null, ct)));
    }
}
