using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Referrals.Specialists;

/// <summary>Specialists as they are typed into a referral, those who get most of them first.</summary>
public sealed class FindSpecialists(ReferralsDb db) : Slice
{
    [HttpGet("/referrals/specialists/find")]
    [Needs(ReferralsPermissions.Write)]
    public async Task<PickList> Get(string? specialistName, CancellationToken ct)
    {
        var typed = (specialistName ?? "").Trim();
        var found = typed.Length < 2 ? [] : await db.Specialists.AsNoTracking()
            .Where(s => s.Active && EF.Functions.ILike(s.Name + " " + (s.Organization ?? "") + " " + (s.Specialty ?? ""), $"%{typed}%"))
            .OrderByDescending(s => db.Referrals.Count(r => r.SpecialistId == s.Id)).ThenBy(s => s.Name).Take(8).ToListAsync(ct);
        return new(found.Select(s => new Pick(s.Id, s.Name, s.Words)))
        {
            None = typed.Length > 1 ? "Not on the list yet: add phone and fax below, and it will be." : null,
        };
    }
}
