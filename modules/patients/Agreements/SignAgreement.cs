using Microsoft.AspNetCore.Mvc;
using Modular.Patients.AgreementForms;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Agreements;

/// <summary>An agreement is signed here at the desk, on a tablet that is handed over, or at home by a link.</summary>
public sealed class SignAgreement(PatientsDb db, IAccessLog log, IPractice practice, AgreementSigning signing, IPublicLinks links)
    : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, AgreementForm Form, SignaturePad Pad);

    [HttpGet("/patients/agreements/{patientId:guid}/sign")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Get([Patient("agreement to sign")] Guid patientId, Guid? form, CancellationToken ct) =>
        WithFormAsync(patientId, form, (patient, found) => Task.FromResult<IActionResult>(
            Page(new Model(patient, found, AgreementSigning.Pad(new() { Name = patient.FullName, Relationship = "self" }, patient.Language)))), ct);

    [HttpPost("/patients/agreements/{patientId:guid}/sign")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Post([Patient("agreement to sign")] Guid patientId, Guid? form,
        [Bind(Prefix = "Signature")] SignatureForm signature, CancellationToken ct) =>
        WithFormAsync(patientId, form, async (patient, found) =>
        {
            var pad = AgreementSigning.Pad(signature, patient.Language);
            foreach (var fault in signing.Faults(pad))
            {
                Refuse(fault.Field, fault.Sentence);
            }

            await using var write = await Db.BeginWriteAsync(ct);
            await write.LockAsync($"agreement {patient.Id} {found.Id}", ct);
            if (await signing.IsSignedAsync(patient.Id, found.Id, ct))
            {
                Refuse("", $"{found.Title} was taken down for {patient.FullName} today already.");
            }

            if (!ModelState.IsValid)
            {
                return Invalid(new Model(patient, found, pad));
            }

            await signing.SignAsync(patient, found, pad, ct);
            await write.CommitAsync(ct);
            return Done($"/patients/privacy/{patient.Id}", $"{found.Title} is signed by {signature.Name!.Trim()}.");
        }, ct);

    /// <summary>This screen locks, shows the agreement alone, and comes back to the lock page.</summary>
    [HttpPost("/patients/agreements/{patientId:guid}/sign/tablet")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Tablet([Patient("agreement to sign")] Guid patientId, Guid? form, CancellationToken ct) =>
        WithFormAsync(patientId, form, async (patient, found) => Redirect(await links.HandOverAsync(Of(patient, found), ct)), ct);

    [HttpPost("/patients/agreements/{patientId:guid}/sign/link")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Home([Patient("agreement to sign")] Guid patientId, Guid? form, CancellationToken ct) =>
        WithFormAsync(patientId, form, async (patient, found) =>
            this.LinkMade(await links.MakeAsync(Of(patient, found) with { BirthDate = patient.BirthDate }, ct)), ct);

    private static NewLink Of(Patient patient, AgreementForm form) =>
        new(AgreementSigning.Link.Id, form.Id, patient.FullName is { Length: > 120 } name ? name[..120] : patient.FullName)
        {
            PatientId = patient.Id, Language = PatientTexts.Of<PatientsModule>(patient.Language).Language,
        };

    private Task<IActionResult> WithFormAsync(Guid patientId, Guid? id,
        Func<Patient, AgreementForm, Task<IActionResult>> then, CancellationToken ct) =>
        WithAsync(patientId, async patient => await signing.FormAsync(id, ct) is { } form ? await then(patient, form)
            : Done($"/patients/privacy/{patientId}", "This form has no wording yet, or is not in use today. Take down the paper instead."), ct);
}
