using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Coverages;
using Modular.Patients.Documents;
using Modular.Sdk;

namespace Modular.Patients.CoverageCards;

/// <summary>Somebody looked: the card is scanned front and back, and the coverage is marked as verified, by whom, how and when.</summary>
public sealed class VerifyCoverage(PatientsDb db, IAccessLog log, IPractice practice, IFiles files, IPdf pdf, IMessageBus bus) : PatientSlice(db, log, practice)
{
    public sealed class Form : IEditForm<Coverage>
    {
        public int Version { get; set; }
        public string? How { get; set; } = "card";
        public IFormFile? Front { get; set; }
        public IFormFile? Back { get; set; }

        public void Show(Coverage coverage)
        {
            // Every look at a card is a new one.
        }

        public void Write(Coverage coverage, Reading read)
        {
            if (How is null || !Coverage.Ways.ContainsKey(How))
            {
                read.Refuse(nameof(How), "Say how it was verified.");
            }
        }
    }

    public sealed record Model(Patient Patient, Coverage Coverage, Form Form);

    [HttpGet("/patients/coverage-cards/{patientId:guid}/{id:guid}/verify")]
    [Needs(PatientsPermissions.EditCoverage)]
    public Task<IActionResult> Get([Patient("coverage")] Guid patientId, Guid id, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).ShowAsync(id, ct), ct);

    [HttpPost("/patients/coverage-cards/{patientId:guid}/{id:guid}/verify")]
    [Needs(PatientsPermissions.EditCoverage)]
    public Task<IActionResult> Post([Patient("coverage")] Guid patientId, Guid id, Form form, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).SaveAsync(id, form, ct), ct);

    private Edit<Coverage, Form> Row(Patient patient) => new(this, Db)
    {
        What = "coverage",
        Acts = true,
        Rows = Db.Coverages.Include(c => c.Payer).Where(c => c.PatientId == patient.Id),
        Model = (coverage, form, _) => Task.FromResult<object>(new Model(patient, coverage!, form)),
        Check = VerifyAsync,
        After = (coverage, ct) => Db.TellCoveragesAsync(bus, [coverage.Id], Today, ct),
        Saved = coverage => Done($"/patients/charts/{patient.Id}", $"{coverage.Payer!.Name} of {patient.FullName} verified."),
    };

    private async Task VerifyAsync(Coverage coverage, Form form, Reading read, CancellationToken ct)
    {
        try
        {
            coverage.FrontId = await StoreAsync(form.Front, coverage.PatientId, ct) ?? coverage.FrontId;
            coverage.BackId = await StoreAsync(form.Back, coverage.PatientId, ct) ?? coverage.BackId;
            (coverage.VerifiedAt, coverage.VerifiedBy, coverage.VerifiedHow) = (Clock.GetUtcNow(), Actor.Name, form.How);
        }
        catch (FileRefusedException refused)
        {
            read.Refuse("", refused.Message);
        }
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
            ? await FileAnswer.ShowAsync(this, files, file, ct) : NotFound();
    }

    private async Task<Guid?> StoreAsync(IFormFile? side, Guid patientId, CancellationToken ct)
    {
        if (side is not { Length: > 0 })
        {
            return null;
        }

        var (content, name) = await ChartFile.ReadAsync(side, pdf, ct);
        return (await files.SaveAsync(content, name, new(PatientsPermissions.OpenRestricted, patientId, "insurance card"), ct)).Id;
    }

    private Task<Coverage?> FindAsync(Guid patientId, Guid id, CancellationToken ct) =>
        Db.Coverages.Include(c => c.Payer).FirstOrDefaultAsync(c => c.Id == id && c.PatientId == patientId, ct);
}
