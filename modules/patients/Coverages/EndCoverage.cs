using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Coverages;

/// <summary>Ends a coverage on a day: the card was returned, the job changed. It stays in the chart with its dates.</summary>
public sealed class EndCoverage(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus) : PatientSlice(db, log, practice)
{
    public sealed class EndForm : IEditForm<Coverage>
    {
        public int Version { get; set; }
        public string? LastDay { get; set; }

        public void Show(Coverage coverage) => LastDay = coverage.EffectiveTo is { } last ? Said.ShortDay(last) : null;

        public void Write(Coverage coverage, Reading read)
        {
            coverage.EffectiveTo = read.Near(nameof(LastDay), LastDay);
            if (Reading.Clean(LastDay) is null)
            {
                read.Refuse(nameof(LastDay), "Type the last day covered.");
            }
            else if (coverage.EffectiveTo < coverage.EffectiveFrom)
            {
                read.Refuse(nameof(LastDay), $"This coverage began on {Said.ShortDay(coverage.EffectiveFrom)}; it cannot end before.");
            }
        }
    }

    public sealed record Model(Patient Patient, Coverage Coverage, EndForm Form);

    [HttpGet("/patients/coverages/{patientId:guid}/{id:guid}/end")]
    [Needs(PatientsPermissions.EditCoverage)]
    public Task<IActionResult> Get([Patient("coverage")] Guid patientId, Guid id, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).ShowAsync(id, ct), ct);

    [HttpPost("/patients/coverages/{patientId:guid}/{id:guid}/end")]
    [Needs(PatientsPermissions.EditCoverage)]
    public Task<IActionResult> Post([Patient("coverage")] Guid patientId, Guid id, EndForm form, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).SaveAsync(id, form, ct), ct);

    private Edit<Coverage, EndForm> Row(Patient patient) => new(this, Db)
    {
        What = "coverage",
        Acts = true,
        Rows = Db.Coverages.Include(c => c.Payer).Where(c => c.PatientId == patient.Id),
        Model = (coverage, form, _) =>
        {
            form.LastDay ??= Said.ShortDay(Today);
            return Task.FromResult<object>(new Model(patient, coverage!, form));
        },
        Check = async (coverage, _, read, ct) =>
        {
            // A later last day than before can reach into the next coverage.
            if (await Overlap.FindAsync(Db, coverage, ct) is { } overlap)
            {
                read.Refuse(nameof(EndForm.LastDay), overlap.Sentence);
            }
        },
        After = (coverage, ct) => Db.TellCoveragesAsync(bus, [coverage.Id], Today, ct),
        Saved = coverage => Done($"/patients/charts/{patient.Id}", $"{coverage.Payer!.Name} ends on {Said.ShortDay(coverage.EffectiveTo!.Value)}."),
    };
}
