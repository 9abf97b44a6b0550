using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.AgreementForms;

/// <summary>Adds and changes what patients sign. The wording of an edition that somebody signed stays as it was.</summary>
public sealed class EditAgreementForm(PatientsDb db, IPractice practice) : PracticeRowSlice<AgreementForm, AgreementFormForm>(db, practice)
{
    protected override string List => "/patients/agreement-forms";

    protected override string Called(AgreementForm row) => $"{row.Title}, edition {row.Edition},";

    protected override AgreementFormForm Blank(DateOnly today) => new() { Edition = today.ToString("yyyy-MM", null), InUseFrom = Said.ShortDay(today) };

    protected override FieldError? Sentence(string constraint) => constraint switch
    {
        "agreement_forms_kind_title_edition_key" => new(nameof(AgreementFormForm.Edition), "This edition exists already; give the new wording another."),
        "agreement_forms_signed" => new(nameof(AgreementFormForm.Body), "Patients signed this edition; its wording stays. Add a new edition for the new wording."),
        _ => null,
    };

    [HttpGet("/patients/agreement-forms/edit/{id:guid?}")]
    [Needs(PatientsPermissions.Setup)]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => ShowAsync(id, ct);

    [HttpPost("/patients/agreement-forms/edit/{id:guid?}")]
    [Needs(PatientsPermissions.Setup)]
    public Task<IActionResult> Post(Guid? id, AgreementFormForm form, CancellationToken ct) => SaveAsync(id, form, ct);
}
