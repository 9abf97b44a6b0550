using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Coverages;
using Modular.Patients.Documents;
using Modular.Sdk;

namespace Modular.Patients.CoverageCards;

/// <summary>Somebody looked: the card is scanned front and back, and the coverage is marked as verified, by whom, how and when.</summary>
public sealed class VerifyCoverage(PatientsDb db, IAccessLog log, IPractice practice, IFiles files, IMessageBus bus) : PatientSlice(db, log, practice)
{
    public sealed class Form
    {
        public int Version { get; set; }
        public string? How { get; set; } = "card";
        public IFormFile? Front { get; set; }
        public IFormFile? Back { get; set; }
    }

    public sealed record Model(Patient Patient, Coverage Coverage, Form Form);

    [HttpGet("/patients/coverage-cards/{patientId:guid}/{id:guid}/verify")]
    [Needs(PatientsPermissions.EditCoverage)]
    public async Task<IActionResult> Get([Patient("coverage")] Guid patientId, Guid id, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        return await FindAsync(patientId, id, ct) is { } coverage ? Page(new Model(patient, coverage, new() { Version = coverage.Version })) : NotFound();
    }

    [HttpPost("/patients/coverage-cards/{patientId:guid}/{id:guid}/verify")]
    [Needs(PatientsPermissions.EditCoverage)]
    public async Task<IActionResult> Post([Patient("coverage")] Guid patientId, Guid id, Form form, CancellationToken ct)
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
            ModelState.Remove("Form.Version");
            form.Version = coverage.Version;
            Refuse("", $"{await WhoChangedAsync(coverage.Id, ct)} changed this coverage meanwhile. Look at it below and save again.");
            return Invalid(new Model(patient, coverage, form));
        }

        if (form.How is null || !Coverage.Ways.ContainsKey(form.How))
        {
            Refuse("Form.How", "Say how it was verified.");
            return Invalid(new Model(patient, coverage, form));
        }

        await using var write = await Db.BeginWriteAsync(ct);
        try
        {
            coverage.FrontId = await StoreAsync(form.Front, patientId, ct) ?? coverage.FrontId;
            coverage.BackId = await StoreAsync(form.Back, patientId, ct) ?? coverage.BackId;
            (coverage.VerifiedAt, coverage.VerifiedBy, coverage.VerifiedHow) = (Clock.GetUtcNow(), Actor.Name, form.How);
            await Overlap.SaveAsync(Db, bus, coverage, ct);
            await write.CommitAsync(ct);
        }
        catch (FileRefusedException refused)
        {
            await write.DisposeAsync();
            Refuse("", refused.Message);
            return Invalid(new Model(patient, coverage, form));
        }

        return Done($"/patients/charts/{patientId}", $"{coverage.Payer!.Name} of {patient.FullName} verified.");
    }

    /// <summary>A side of the card.</summary>
    [HttpGet("/patients/coverage-cards/{patientId:guid}/{id:guid}/{side:regex(^(front|back)$)}")]
    [Needs(PatientsPermissions.Read)]
    public async Task<IActionResult> Show([Patient("insurance card")] Guid patientId, Guid id, string side, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is null)
        {
            return Gone();
        }

        return await FindAsync(patientId, id, ct) is { } coverage && (side == "front" ? coverage.FrontId : coverage.BackId) is { } file
            ? await StoredFiles.ShowAsync(this, files, file, ct) : NotFound();
    }

    private async Task<Guid?> StoreAsync(IFormFile? side, Guid patientId, CancellationToken ct)
    {
        if (side is not { Length: > 0 })
        {
            return null;
        }

        var (content, name) = await ChartFile.ReadAsync(side, ct);
        return (await files.SaveAsync(content, name, new(PatientsPermissions.OpenRestricted, patientId, "insurance card"), ct)).Id;
    }

    private Task<Coverage?> FindAsync(Guid patientId, Guid id, CancellationToken ct) =>
        Db.Coverages.Include(c => c.Payer).FirstOrDefaultAsync(c => c.Id == id && c.PatientId == patientId, ct);
}
