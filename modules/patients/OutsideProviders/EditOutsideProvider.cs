using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.OutsideProviders;

/// <summary>Adds and changes a doctor outside the practice.</summary>
public sealed class EditOutsideProvider(PatientsDb db, IPractice practice) : PracticeRowSlice<OutsideProvider, OutsideProviderForm>(db, practice)
{
    protected override string List => "/patients/outside-providers";

    protected override string Called(OutsideProvider row) => row.Name;

    protected override FieldError? Sentence(string constraint) => constraint == "outside_providers_npi_key"
        ? new(nameof(OutsideProviderForm.Npi), "Another doctor of the list has this NPI.")
        : null;

    [HttpGet("/patients/outside-providers/edit/{id:guid?}")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => ShowAsync(id, ct);

    [HttpPost("/patients/outside-providers/edit/{id:guid?}")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Post(Guid? id, OutsideProviderForm form, CancellationToken ct) => SaveAsync(id, form, ct);
}
