using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Coverages;

/// <summary>Ends a coverage on a day: the card was returned, the job changed. It stays in the chart with its dates.</summary>
public sealed class EndCoverage(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus) : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, Coverage Coverage, string? LastDay);

    [HttpGet("/patients/coverages/{patientId:guid}/{id:guid}/end")]
    [Needs(PatientsPermissions.EditCoverage)]
    public async Task<IActionResult> Get([Patient("coverage")] Guid patientId, Guid id, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        return await FindAsync(patientId, id, ct) is { } coverage
            ? Page(new Model(patient, coverage, Said.ShortDay(coverage.EffectiveTo ?? Today)))
            : NotFound();
    }

    [HttpPost("/patients/coverages/{patientId:guid}/{id:guid}/end")]
    [Needs(PatientsPermissions.EditCoverage)]
    public async Task<IActionResult> Post([Patient("coverage")] Guid patientId, Guid id, string? lastDay, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        if (await FindAsync(patientId, id, ct) is not { } coverage)
        {
            return NotFound();
        }

        var read = new Reading(Today);
        coverage.EffectiveTo = read.Near(nameof(Model.LastDay), lastDay);
        if (Reading.Clean(lastDay) is null)
        {
            read.Refuse(nameof(Model.LastDay), "Type the last day covered.");
        }
        else if (coverage.EffectiveTo < coverage.EffectiveFrom)
        {
            read.Refuse(nameof(Model.LastDay), $"This coverage began on {Said.ShortDay(coverage.EffectiveFrom)}; it cannot end before.");
        }

        // A later last day than before can reach into the next coverage.
        if (read.Errors.Count == 0 && await Overlap.SaveAsync(Db, bus, coverage, ct) is { } overlap)
        {
            read.Refuse(nameof(Model.LastDay), overlap.Sentence);
        }

        return Accept(read.Errors, "")
            ? Done($"/patients/charts/{patientId}", $"{coverage.Payer!.Name} ends on {Said.ShortDay(coverage.EffectiveTo!.Value)}.")
            : Invalid(new Model(patient, coverage, lastDay));
    }

    private Task<Coverage?> FindAsync(Guid patientId, Guid id, CancellationToken ct) =>
        Db.Coverages.Include(c => c.Payer).FirstOrDefaultAsync(c => c.Id == id && c.PatientId == patientId, ct);
}
