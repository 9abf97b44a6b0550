using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.AgreementForms;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Agreements;

/// <summary>Takes down what a patient signed, or declined to; the paper itself is a document of the chart.</summary>
public sealed class EditAgreement(PatientsDb db, IAccessLog log, IPractice practice) : PatientRowSlice<Agreement, SignForm>(db, log, practice)
{
    public sealed record Model(RowPage<SignForm> Row, IReadOnlyList<SelectListItem> Forms, AgreementForm? Chosen)
        : RowPage<SignForm>(Row.Patient, Row.Id, Row.Form, Row.Conflict);

    protected override string What => "agreement";

    protected override string Back(Guid patientId) => $"/patients/privacy/{patientId}";

    protected override Agreement New(Guid patientId) => new() { PatientId = patientId, TakenBy = Actor.Name };

    protected override SignForm Blank() => new() { SignedOn = Said.ShortDay(Today), FormId = Request.Query["form"] };

    protected override FieldError? Sentence(string constraint) => constraint == "agreements_patient_id_form_id_signed_on_key"
        ? new(nameof(SignForm.SignedOn), "This form was taken down for that day already.")
        : null;

    protected override async Task PrepareAsync(Agreement row, SignForm form, Reading read, CancellationToken ct)
    {
        var chosen = await Db.AgreementForms.FirstOrDefaultAsync(f => f.Id == row.FormId, ct);
        if (chosen is null)
        {
            read.Refuse(nameof(SignForm.FormId), "Choose what was signed.");
            return;
        }

        row.ExpiresOn = chosen.RenewMonths is { } months && row.Outcome == Agreement.Signed ? row.SignedOn.AddMonths(months) : null;
    }

    protected override async Task<RowPage<SignForm>> ModelAsync(RowPage<SignForm> page, CancellationToken ct)
    {
        var today = Today;
        var forms = await Db.AgreementForms.AsNoTracking().Where(f => f.InUseFrom <= today).OrderBy(f => f.Title).ThenByDescending(f => f.InUseFrom).ToListAsync(ct);
        page.Form.SignedBy ??= page.Patient.FullName;
        return new Model(page, [new("Choose", ""), .. forms.Select(f => new SelectListItem($"{f.Title}, {f.Edition}{(f.InUseOn(today) ? "" : " (no longer in use)")}", f.Id.ToString()))],
            forms.Find(f => f.Id.ToString() == page.Form.FormId));
    }

    [HttpGet("/patients/agreements/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Add([Patient("agreement")] Guid patientId, CancellationToken ct) => ShowAsync(patientId, null, ct);

    [HttpPost("/patients/agreements/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Add([Patient("agreement")] Guid patientId, SignForm form, CancellationToken ct) => SaveAsync(patientId, null, form, ct);

    [HttpGet("/patients/agreements/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Edit([Patient("agreement")] Guid patientId, Guid id, CancellationToken ct) => ShowAsync(patientId, id, ct);

    [HttpPost("/patients/agreements/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Edit([Patient("agreement")] Guid patientId, Guid id, SignForm form, CancellationToken ct) => SaveAsync(patientId, id, form, ct);
}
