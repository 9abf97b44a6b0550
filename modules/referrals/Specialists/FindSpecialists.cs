using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Referrals.Specialists;

/// <summary>Specialists as they are typed into a referral, those who get most of them first.</summary>
public sealed class FindSpecialists(ReferralsDb db) : Slice
{
    public sealed record Model(IReadOnlyList<Specialist> Found, string Typed);

    [HttpGet("/referrals/specialists/find")]
    [Needs(ReferralsPermissions.Write)]
    public async Task<IActionResult> Get(string? specialistName, CancellationToken ct)
    {
        var typed = (specialistName ?? "").Trim();
        var found = typed.Length < 2 ? [] : await db.Specialists.AsNoTracking()
            .Where(s => s.Active && EF.Functions.ILike(s.Name + " " + (s.Organization ?? "") + " " + (s.Specialty ?? ""), $"%{typed}%"))
            .OrderByDescending(s => db.Referrals.Count(r => r.SpecialistId == s.Id)).ThenBy(s => s.Name).Take(8).ToListAsync(ct);
        return Fragment("_Found", new Model(found, typed));
    }
}
