using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.OutsideProviders;

/// <summary>Doctors outside the practice, and how many patients each sent and looks after.</summary>
public sealed class OutsideProviderList(PatientsDb db) : Slice
{
    public sealed record Line(OutsideProvider Provider, int Sent, int Cares);

    [HttpGet("/patients/outside-providers")]
    [Needs(PatientsPermissions.Read)]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var text = query.Text;
        var page = await db.OutsideProviders.AsNoTracking()
            .Where(p => text == null || PatientsDb.Plain(p.Name + " " + (p.Organization ?? "") + " " + (p.Specialty ?? "")).Contains(PatientsDb.Plain(text)))
            .OrderByDescending(p => p.Active).ThenBy(p => p.Name).ThenBy(p => p.Id)
            .Select(p => new Line(p, db.Patients.Count(x => x.ReferredById == p.Id), db.Patients.Count(x => x.PrimaryCareId == p.Id)))
            .PageAsync(query, ct);
        return Page(page);
    }
}
