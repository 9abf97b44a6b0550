using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Coverages;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Payers;

/// <summary>Adds and changes who pays: the name on the card, the ID that claims are sent to.</summary>
public sealed class EditPayer(PatientsDb db, IPractice practice) : PracticeRowSlice<Payer, PayerForm>(db, practice)
{
    protected override string List => "/patients/payers";

    protected override string Called(Payer row) => row.Name;

    protected override FieldError? Sentence(string constraint) => constraint == "payers_lower_idx"
        ? new(nameof(PayerForm.Name), "A payer of this name is on the list already.")
        : null;

    [HttpGet("/patients/payers/edit/{id:guid?}")]
    [Needs(PatientsPermissions.EditCoverage)]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => ShowAsync(id, ct);

    [HttpPost("/patients/payers/edit/{id:guid?}")]
    [Needs(PatientsPermissions.EditCoverage)]
    public Task<IActionResult> Post(Guid? id, PayerForm form, CancellationToken ct) => SaveAsync(id, form, ct);
}
