using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Coverages;
using Modular.Sdk;

namespace Modular.Patients.Payers;

/// <summary>Adds and changes who pays: the name on the card, the ID that claims are sent to.</summary>
public sealed class EditPayer(PatientsDb db) : Slice
{
    [HttpGet("/patients/payers/edit/{id:guid?}")]
    [Needs(PatientsModule.EditCoverage)]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/patients/payers/edit/{id:guid?}")]
    [Needs(PatientsModule.EditCoverage)]
    public Task<IActionResult> Post(Guid? id, PayerForm form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<Payer, PayerForm> Row => new(this, db)
    {
        What = "payer",
        New = () => new(),
        Saved = payer => Done("/patients/payers", $"{payer.Name} saved."),
    };
}
