using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Coverages;
using Modular.Sdk;

namespace Modular.Patients.Payers;

/// <summary>Who pays for patients here, and for how many today.</summary>
public sealed class PayerList(PatientsDb db, IPractice practice) : Slice
{
    public sealed record Line(Payer Payer, int Covers);

    [HttpGet("/patients/payers")]
    [Needs(PatientsPermissions.Read)]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var (text, today) = (query.Text, WallTime.Today(Clock, practice.Zone));
        return Page(await db.Payers.AsNoTracking()
            .Where(p => text == null || p.PayerNumber == text || PatientsDb.Plain(p.Name).Contains(PatientsDb.Plain(text)))
            .OrderByDescending(p => p.Active).ThenBy(p => p.Name).ThenBy(p => p.Id)
            .Select(p => new Line(p, db.Coverages.Count(c => c.PayerId == p.Id && c.EffectiveFrom <= today && (c.EffectiveTo == null || c.EffectiveTo >= today))))
            .PageAsync(query, ct));
    }
}
