using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.AgreementForms;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Agreements;

/// <summary>Takes down what a patient signed, or declined to; the paper itself is a document of the chart.</summary>
public sealed class EditAgreement(PatientsDb db, IAccessLog log, IPractice practice) : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, Guid? Id, SignForm Form, IReadOnlyList<SelectListItem> Forms, AgreementForm? Chosen)
        : RowPage<SignForm>(Patient, Id, Form);

    [HttpGet("/patients/agreements/{patientId:guid}/add")]
    [HttpGet("/patients/agreements/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.Edit)]
    public Task<IActionResult> Get([Patient("agreement")] Guid patientId, Guid? id, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).ShowAsync(id, ct), ct);

    [HttpPost("/patients/agreements/{patientId:guid}/add")]
    [HttpPost("/patients/agreements/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.Edit)]
    public Task<IActionResult> Post([Patient("agreement")] Guid patientId, Guid? id, SignForm form, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).SaveAsync(id, form, ct), ct);

    private Edit<Agreement, SignForm> Row(Patient patient) => new(this, Db)
    {
        What = "agreement",
        Rows = Db.Agreements.Where(a => a.PatientId == patient.Id),
        New = () => new() { PatientId = patient.Id, TakenBy = Actor.Name },
        Blank = () => new() { SignedOn = Said.ShortDay(Today), FormId = Request.Query["form"], SignedBy = patient.FullName },
        Model = async (row, form, ct) => await ModelAsync(patient, row?.Id, form, ct),
        Check = ExpireAsync,
        Saved = row => Done($"/patients/privacy/{patient.Id}", $"Agreement of {patient.FullName} {(row.Version == 1 ? "added" : "changed")}."),
    };

    private async Task ExpireAsync(Agreement row, SignForm form, Reading read, CancellationToken ct)
    {
        var chosen = await Db.AgreementForms.FirstOrDefaultAsync(f => f.Id == row.FormId, ct);
        if (chosen is null)
        {
            read.Refuse(nameof(SignForm.FormId), "Choose what was signed.");
            return;
        }

        row.ExpiresOn = chosen.RenewMonths is { } months && row.Outcome == Agreement.Signed ? row.SignedOn.AddMonths(months) : null;
    }

    private async Task<Model> ModelAsync(Patient patient, Guid? id, SignForm form, CancellationToken ct)
    {
        var today = Today;
        var forms = await Db.AgreementForms.AsNoTracking().Where(f => f.InUseFrom <= today).OrderBy(f => f.Title).ThenByDescending(f => f.InUseFrom).ToListAsync(ct);
        var offered = forms.Select(f => new SelectListItem(
            $"{f.Title}, {f.Edition}{(f.InUseOn(today) ? "" : " (no longer in use)")}", f.Id.ToString()));
        return new(patient, id, form, [new("Choose", ""), .. offered], forms.Find(f => f.Id.ToString() == form.FormId));
    }
}
