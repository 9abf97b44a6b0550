using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;

namespace Modular.Patients.Coverages;

/// <param name="Id">Null for a new coverage.</param>
public sealed record CoveragePage(Patient Patient, Guid? Id, CoverageForm Form, IReadOnlyList<SelectListItem> Payers, IReadOnlyList<SelectListItem> Lines, IReadOnlyList<Difference> Conflict)
{
    public static async Task<CoveragePage> OfAsync(PatientsDb db, Patient patient, Guid? id, CoverageForm form, CoverageForm? saved, CancellationToken ct)
    {
        var payers = await db.Payers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).Select(p => new SelectListItem(p.Name, p.Id.ToString())).ToListAsync(ct);
        // A closed case is offered too: its last bills come after it.
        var cases = await db.Cases.AsNoTracking().Where(c => c.PatientId == patient.Id).OrderByDescending(c => c.OpenedOn).ToListAsync(ct);
        var lines = Coverage.Lines.Items().Concat(cases.Select(c => new SelectListItem($"Case: {c.Title}", $"case {c.Id}"))).ToList();
        return new(patient, id, form, [new("Choose", ""), .. payers], lines,
            saved is null ? [] : Difference.Between(saved, form, (field, value) => field switch
            {
                nameof(CoverageForm.Payer) => payers.FirstOrDefault(p => p.Value == value)?.Text ?? value,
                nameof(CoverageForm.Line) => lines.FirstOrDefault(l => l.Value == value)?.Text ?? value,
                nameof(CoverageForm.Rank) => int.TryParse(value, out var rank) ? Ranks.Name(rank) : value,
                nameof(CoverageForm.PlanType) => Coverage.PlanTypes.Label(value),
                nameof(CoverageForm.Relationship) => Choices.Relationship.Label(value),
                _ => value,
            }));
    }
}
