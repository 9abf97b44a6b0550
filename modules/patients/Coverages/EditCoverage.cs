using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Coverages;

/// <summary>Changes a coverage; of two people the later sees both versions.</summary>
public sealed class EditCoverage(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus) : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/coverages/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.EditCoverage)]
    public async Task<IActionResult> Get([Patient("coverage")] Guid patientId, Guid id, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        return await FindAsync(patientId, id, ct) is { } coverage
            ? Page(await CoveragePage.OfAsync(Db, patient, id, CoverageForm.Of(coverage), null, ct))
            : NotFound();
    }

    [HttpPost("/patients/coverages/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.EditCoverage)]
    public async Task<IActionResult> Post([Patient("coverage")] Guid patientId, Guid id, CoverageForm form, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        if (await FindAsync(patientId, id, ct) is not { } coverage)
        {
            return NotFound();
        }

        if (form.Version != coverage.Version)
        {
            return await ConflictAsync(patient, coverage, form, ct);
        }

        Difference.Take(CoverageForm.Of(coverage), form, form.Theirs, ModelState);
        var errors = await form.ApplyAsync(coverage, Db, Today, ct);
        try
        {
            errors = errors.Count == 0 && await Overlap.SaveAsync(Db, bus, coverage, ct) is { } overlap ? [overlap] : errors;
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await FindAsync(patientId, id, ct) is { } theirs ? await ConflictAsync(patient, theirs, form, ct) : NotFound();
        }

        return Accept(errors)
            ? Done($"/patients/charts/{patientId}", $"{Ranks.Name(coverage.Rank)} coverage of {patient.FirstName} {patient.LastName} changed.")
            : Invalid(await CoveragePage.OfAsync(Db, patient, id, form, null, ct));
    }

    private async Task<IActionResult> ConflictAsync(Patient patient, Coverage coverage, CoverageForm typed, CancellationToken ct)
    {
        var saved = CoverageForm.Of(coverage);
        typed.Version = coverage.Version;
        ModelState.Remove("Form.Version");
        Refuse("", $"{await WhoChangedAsync(coverage.Id, ct)} changed this coverage after you opened the form. Both versions are below; nothing you typed is lost.");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page(await CoveragePage.OfAsync(Db, patient, coverage.Id, typed, saved, ct));
    }

    // A coverage is only found through its own patient: an id of another chart is nobody's here.
    private Task<Coverage?> FindAsync(Guid patientId, Guid id, CancellationToken ct) => Db.Coverages.FirstOrDefaultAsync(c => c.Id == id && c.PatientId == patientId, ct);
}
