using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Patients.AgreementForms;

/// <summary>Adds and changes what patients sign. The wording of an edition that somebody signed stays as it was.</summary>
public sealed class EditAgreementForm(PatientsDb db) : Slice
{
    [HttpGet("/patients/agreement-forms/edit/{id:guid?}")]
    [Needs(PatientsModule.Setup)]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/patients/agreement-forms/edit/{id:guid?}")]
    [Needs(PatientsModule.Setup)]
    public Task<IActionResult> Post(Guid? id, AgreementFormForm form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<AgreementForm, AgreementFormForm> Row => new(this, db)
    {
        What = "form",
        New = () => new(),
        Blank = () => new() { Edition = NewReading().Today.ToString("yyyy-MM", null), InUseFrom = Said.ShortDay(NewReading().Today) },
        Saved = row => Done("/patients/agreement-forms", $"{row.Title}, edition {row.Edition}, saved."),
    };
}
