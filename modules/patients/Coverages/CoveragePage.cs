using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;

namespace Modular.Patients.Coverages;

/// <param name="Id">Null for a new coverage.</param>
public sealed record CoveragePage(
    Patient Patient, Guid? Id, CoverageForm Form, IReadOnlyList<SelectListItem> Payers, IReadOnlyList<SelectListItem> Lines)
{
    public static async Task<CoveragePage> OfAsync(PatientsDb db, Patient patient, Guid? id, CoverageForm form, CancellationToken ct)
    {
        var payers = await db.Payers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).Select(p => new SelectListItem(p.Name, p.Id.ToString())).ToListAsync(ct);
        // A closed case is offered too: its last bills come after it.
        var cases = await db.Cases.AsNoTracking().Where(c => c.PatientId == patient.Id).OrderByDescending(c => c.OpenedOn).ToListAsync(ct);
        var lines = Coverage.Lines.Items().Concat(cases.Select(c => new SelectListItem($"Case: {c.Title}", $"case {c.Id}"))).ToList();
        return new(patient, id, form, [new("Choose", ""), .. payers], lines);
    }
}
