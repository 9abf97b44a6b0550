using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.AgreementForms;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Agreements;

/// <summary>The agreement and nothing else, for whoever signs it without an account: at home, or on a tablet in the office.</summary>
public sealed class AgreementByLink(PatientsDb db, AgreementSigning signing, IPublicLinks links) : PublicSlice
{
    private const string Reason = "A patient, or whoever signs for them, signs an agreement at home or on a tablet that is handed over.";

    public sealed record Model(AgreementForm Form, SignaturePad Pad, PatientTexts Texts);

    [HttpGet("/public/patients/agreements/{link}")]
    [PublicPage(Reason, Link = "patients.agreement")]
    public async Task<IActionResult> Get(CancellationToken ct) => await FindAsync(ct) is not var (patient, form) ? Gone()
        : Page(Show(form, new() { Name = patient.FullName, Relationship = "self" }));

    [HttpPost("/public/patients/agreements/{link}")]
    [PublicPage(Reason, Link = "patients.agreement")]
    public async Task<IActionResult> Post([Bind(Prefix = "Signature")] SignatureForm signature, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"agreement {Link.PatientId} {Link.SubjectId}", ct);
        if (await FindAsync(ct) is not var (patient, form))
        {
            return Gone();
        }

        var model = Show(form, signature);
        foreach (var fault in signing.Faults(model.Pad))
        {
            Refuse(fault.Field, fault.Sentence);
        }

        if (!ModelState.IsValid)
        {
            return Invalid(model);
        }

        if (!await links.UseAsync(ct))
        {
            return Gone();
        }

        await signing.SignAsync(patient, form, model.Pad, ct);
        await write.CommitAsync(ct);
        return Signed();
    }

    /// <summary>Null once it was signed, or the form is no longer in use.</summary>
    private async Task<(Patient Patient, AgreementForm Form)?> FindAsync(CancellationToken ct) =>
        await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == Link.PatientId, ct) is { } patient
            && await signing.FormAsync(Link.SubjectId, ct) is { } form
            && !await signing.IsSignedAsync(patient.Id, form.Id, ct) ? (patient, form) : null;

    private Model Show(AgreementForm form, SignatureForm signature) =>
        new(form, AgreementSigning.Pad(signature, Visit.Language), PatientTexts.Of<PatientsModule>(Visit.Language));
}
