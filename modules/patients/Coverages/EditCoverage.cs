using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Coverages;

/// <summary>Adds a coverage to a patient and changes one.</summary>
public sealed class EditCoverage(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus) : PatientSlice(db, log, practice)
{
    /// <param name="of">The case whose payer it is.</param>
    [HttpGet("/patients/coverages/{patientId:guid}/add")]
    [HttpGet("/patients/coverages/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.EditCoverage)]
    public Task<IActionResult> Get([Patient("coverage")] Guid patientId, Guid? id, Guid? of, CancellationToken ct) =>
        WithAsync(patientId, async patient => await Row(patient, id is null ? await NextAsync(patientId, of, ct) : new()).ShowAsync(id, ct), ct);

    // A coverage is only found through its own patient: an id of another chart is nobody's here.
    [HttpPost("/patients/coverages/{patientId:guid}/add")]
    [HttpPost("/patients/coverages/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.EditCoverage)]
    public Task<IActionResult> Post([Patient("coverage")] Guid patientId, Guid? id, CoverageForm form, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient, new()).SaveAsync(id, form, ct), ct);

    private Edit<Coverage, CoverageForm> Row(Patient patient, CoverageForm next) => new(this, Db)
    {
        What = "coverage",
        Rows = Db.Coverages.Where(c => c.PatientId == patient.Id),
        New = () => new() { PatientId = patient.Id },
        Blank = () => next,
        Model = async (row, form, ct) => await CoveragePage.OfAsync(Db, patient, row?.Id, form, ct),
        Check = (row, form, read, ct) => form.CheckAsync(row, Db, read, ct),
        After = (coverage, ct) => Db.TellCoveragesAsync(bus, [coverage.Id], Today, ct),
        Saved = row => Done($"/patients/charts/{patient.Id}",
            $"{Ranks.Name(row.Rank)} coverage {(row.Version == 1 ? "added" : "changed")} for {patient.FirstName} {patient.LastName}."),
    };

    /// <summary>Begins with the first rank that is free today.</summary>
    private async Task<CoverageForm> NextAsync(Guid patientId, Guid? caseId, CancellationToken ct)
    {
        var today = Today;
        var taken = await Db.Coverages
            .Where(c => c.PatientId == patientId && c.BenefitLine == Coverage.Medical && (c.EffectiveTo == null || c.EffectiveTo >= today))
            .Select(c => c.Rank).ToListAsync(ct);
        var free = Enumerable.Range(1, 3).Except(taken).FirstOrDefault(1);
        return caseId is null
            ? new() { Rank = $"{free}", EffectiveFrom = Said.ShortDay(today) }
            : new() { Line = $"case {caseId}", EffectiveFrom = Said.ShortDay(today) };
    }
}
