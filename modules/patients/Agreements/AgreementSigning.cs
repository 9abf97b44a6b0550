using Microsoft.EntityFrameworkCore;
using Modular.Patients.AgreementForms;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Agreements;

/// <summary>How an agreement is signed on a screen: at the desk, on a tablet or at home it is the same text and the same record.</summary>
public sealed class AgreementSigning(PatientsDb db, ISignatures signatures, IPractice practice, TimeProvider clock, Actor actor)
{
    /// <summary>By a link or on a tablet that is handed over.</summary>
    public static readonly LinkKind Link =
        new("patients.agreement", "Sign an agreement", "/public/patients/agreements", PatientsPermissions.Edit) { Days = 7 };

    public DateOnly Today => WallTime.Today(clock, practice.Zone);

    /// <summary>A form that can be signed today and has a wording.</summary>
    public async Task<AgreementForm?> FormAsync(Guid? id, CancellationToken ct)
    {
        var today = Today;
        return await db.AgreementForms.AsNoTracking().FirstOrDefaultAsync(
            f => f.Id == id && f.Body != null && f.InUseFrom <= today && (f.InUseTo == null || f.InUseTo >= today), ct);
    }

    public async Task<bool> IsSignedAsync(Guid patient, Guid form, CancellationToken ct)
    {
        var today = Today;
        return await db.Agreements.AnyAsync(a => a.PatientId == patient && a.FormId == form && a.SignedOn == today, ct);
    }

    /// <param name="language">Of what stands around the text; the text itself is as the practice wrote it.</param>
    public static SignaturePad Pad(SignatureForm form, string? language)
    {
        var t = PatientTexts.Of<PatientsModule>(language);
        return new(form, new Dictionary<string, string>
        {
            ["self"] = t["Self"], ["parent"] = t["Parent"], ["guardian"] = t["Guardian"],
            ["power-of-attorney"] = t["PowerOfAttorney"], ["representative"] = t["Representative"],
        }, t.Language);
    }

    public IReadOnlyList<FieldError> Faults(SignaturePad pad) => signatures.Faults(pad);

    /// <summary>Within the write of the caller.</summary>
    public async Task SignAsync(Patient patient, AgreementForm form, SignaturePad pad, CancellationToken ct)
    {
        var (today, signed) = (Today, pad.Signature);
        var agreement = new Agreement
        {
            PatientId = patient.Id, FormId = form.Id, SignedOn = today, SignedBy = signed.Name!.Trim(),
            Relationship = signed.Relationship!, TakenBy = actor.Name,
            ExpiresOn = form.RenewMonths is { } months ? today.AddMonths(months) : null,
        };
        agreement.SignatureId = await signatures.SignAsync(
            new(PatientsPermissions.Read, agreement.Id, new($"{form.Title}, {form.Edition}", form.Body!, form.Language), pad) { PatientId = patient.Id }, ct);
        db.Add(agreement);
        await db.SaveChangesAsync(ct);
    }
}
