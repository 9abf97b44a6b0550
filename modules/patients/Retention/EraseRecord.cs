using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Charts;
using Modular.Patients.Messages;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Retention;

/// <summary>Erases a patient whose records need not be kept any longer. A hold, or a period that runs, stops it.</summary>
public sealed class EraseRecord(PatientsDb db, IAccessLog log, IPractice practice, IPatientRecords records, IMessageBus bus, ISettings<PatientsSettings> settings)
    : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, DateOnly KeptUntil, bool MayErase, string? Number, string? Reason, string? Hold);

    [HttpGet("/patients/retention/{patientId:guid}/erase")]
    [Needs(PatientsPermissions.Erase)]
    [StepUp]
    public async Task<IActionResult> Get([Patient("retention")] Guid patientId, CancellationToken ct) =>
        await OpenAsync(patientId, ct) is { } patient ? Page(await ModelAsync(patient, null, null, ct)) : Gone();

    [HttpPost("/patients/retention/{patientId:guid}/erase")]
    [Needs(PatientsPermissions.Erase)]
    [StepUp]
    public async Task<IActionResult> Post([Patient("retention")] Guid patientId, string? number, string? reason, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        var model = await ModelAsync(patient, number, reason, ct);
        var why = Reading.Clean(reason);
        if (!model.MayErase)
        {
            Refuse("", patient.LegalHold is null ? $"These records are kept until {Said.ShortDay(model.KeptUntil)}." : $"On hold: {patient.LegalHold}.");
        }

        if (Reading.Clean(number) != patient.RecordNumber)
        {
            Refuse("Number", $"Type the number of the record, {patient.RecordNumber}, to say that it is this one.");
        }

        if (why is null or { Length: < 5 or > 300 })
        {
            Refuse("Reason", "Say why it is erased (5 to 300 letters).");
        }

        if (!ModelState.IsValid)
        {
            return Invalid(model);
        }

        await using var write = await Db.BeginWriteAsync(ct);
        var rows = await records.EraseAsync(patientId, why!, ct);
        await bus.PublishAsync(new PatientRemoved(patientId), new(Key: patientId.ToString()));
        await write.CommitAsync(ct);
        return Done("/patients", $"The record was erased: {Said.Many(rows, "row")}. The access log keeps that it existed.");
    }

    private async Task<Model> ModelAsync(Patient patient, string? number, string? reason, CancellationToken ct)
    {
        var until = await RetentionRules.KeptUntilAsync(Db, patient, await settings.GetAsync(ct: ct), ct);
        return new(patient, until, patient.LegalHold is null && until < Today, number, reason, patient.LegalHold);
    }
}
