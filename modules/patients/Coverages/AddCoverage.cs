using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Coverages;

/// <summary>Adds a coverage to a patient.</summary>
public sealed class AddCoverage(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus) : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/coverages/{patientId:guid}/add")]
    [Needs(PatientsPermissions.EditCoverage)]
    public async Task<IActionResult> Get([Patient("coverage")] Guid patientId, Guid? of, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        var today = Today;
        var taken = await Db.Coverages.Where(c => c.PatientId == patientId && c.BenefitLine == Coverage.Medical && (c.EffectiveTo == null || c.EffectiveTo >= today)).Select(c => c.Rank).ToListAsync(ct);
        var free = Enumerable.Range(1, 3).Except(taken).FirstOrDefault(1);
        var form = new CoverageForm { Rank = of is null ? $"{free}" : "1", Line = of is null ? Coverage.Medical : $"case {of}", EffectiveFrom = Said.ShortDay(today) };
        return Page(await CoveragePage.OfAsync(Db, patient, null, form, null, ct));
    }

    [HttpPost("/patients/coverages/{patientId:guid}/add")]
    [Needs(PatientsPermissions.EditCoverage)]
    public async Task<IActionResult> Post([Patient("coverage")] Guid patientId, CoverageForm form, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        var coverage = new Coverage { PatientId = patientId };
        var errors = await form.ApplyAsync(coverage, Db, Today, ct);
        if (errors.Count == 0)
        {
            Db.Add(coverage);
            errors = await Overlap.SaveAsync(Db, bus, coverage, ct) is { } overlap ? [overlap] : [];
        }

        return Accept(errors)
            ? Done($"/patients/charts/{patientId}", $"{Ranks.Name(coverage.Rank)} coverage added for {patient.FirstName} {patient.LastName}.")
            : Invalid(await CoveragePage.OfAsync(Db, patient, null, form, null, ct));
    }
}
