using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Referrals.Reactions;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>Patients as they are typed into the form: names in any order, birth date, phone or record number.</summary>
public sealed class PatientsToRefer(ReferralsDb db, IAccessLog log, IPractice practice) : Slice
{
    public sealed record Model(IReadOnlyList<KnownPatient> Patients, DateOnly Today, bool Asked);

    [HttpGet("/referrals/referrals/patients")]
    [Needs(ReferralsPermissions.Write)]
    public async Task<IActionResult> Get(string? patientName, CancellationToken ct)
    {
        var today = WallTime.Today(Clock, practice.Zone);
        var typed = TypedPatient.Read(patientName, today);
        var (birth, patterns) = (typed.BirthDate, typed.Patterns);
        var found = !typed.IsEnough ? [] : await db.Patients.AsNoTracking()
            .Where(p => p.Active && (birth == null || p.BirthDate == birth) && patterns.All(x => EF.Functions.Like(p.Find, x)))
            .OrderBy(p => p.Name).ThenBy(p => p.BirthDate).Take(8).ToListAsync(ct);
        log.Listed([.. found.Select(p => p.Id)], "patients found for a referral");
        return Fragment("_Patients", new Model(found, today, typed.IsEnough));
    }
}
