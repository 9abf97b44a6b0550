using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Patients.OutsideProviders;

/// <summary>Adds and changes a doctor outside the practice.</summary>
public sealed class EditOutsideProvider(PatientsDb db) : Slice
{
    [HttpGet("/patients/outside-providers/edit/{id:guid?}")]
    [Needs(PatientsModule.Edit)]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/patients/outside-providers/edit/{id:guid?}")]
    [Needs(PatientsModule.Edit)]
    public Task<IActionResult> Post(Guid? id, OutsideProviderForm form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<OutsideProvider, OutsideProviderForm> Row => new(this, db)
    {
        What = "doctor",
        New = () => new(),
        Saved = doctor => Done("/patients/outside-providers", $"{doctor.Name} saved."),
    };
}
