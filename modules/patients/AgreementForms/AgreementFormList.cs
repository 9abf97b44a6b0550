using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.AgreementForms;

/// <summary>What patients sign here, edition by edition.</summary>
public sealed class AgreementFormList(PatientsDb db, IPractice practice) : Slice
{
    public sealed record Line(AgreementForm Form, int Signed);

    public sealed record Model(IReadOnlyList<Line> Forms, DateOnly Today);

    [HttpGet("/patients/agreement-forms")]
    [Needs(PatientsPermissions.Setup)]
    public async Task<IActionResult> Get(CancellationToken ct) => Page(new Model(
        await db.AgreementForms.AsNoTracking().OrderBy(f => f.Kind).ThenBy(f => f.Title).ThenByDescending(f => f.InUseFrom)
            .Select(f => new Line(f, db.Agreements.Count(a => a.FormId == f.Id && a.Outcome == "signed"))).ToListAsync(ct),
        WallTime.Today(Clock, practice.Zone)));
}
