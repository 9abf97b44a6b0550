using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Addresses;

/// <summary>Adds and changes where else a patient is written to; a confidential way stands above all others, and no reason is asked.</summary>
public sealed class EditAddress(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus) : PatientRowSlice<OtherAddress, AddressForm>(db, log, practice)
{
    protected override string What => "address";

    protected override OtherAddress New(Guid patientId) => new() { PatientId = patientId };

    protected override AddressForm Blank() => new() { FromDate = Said.ShortDay(Today) };

    protected override FieldError? Sentence(string constraint) => constraint == "addresses_one_of_a_kind"
        ? new(nameof(AddressForm.FromDate), "Another address of this kind holds on these days. End that one first.")
        : null;

    /// <summary>What others show of the patient may have changed with it, which they take over as a new version.</summary>
    protected override async Task AfterAsync(OtherAddress row, Patient patient, CancellationToken ct)
    {
        await bus.PublishAsync(new Messages.PatientReachChanged(patient.Id), new(Key: patient.Id.ToString()));
        Db.Entry(patient).Property(p => p.Language).IsModified = true;
        await Db.SaveAndTellAsync(bus, [patient], Today, ct);
    }

    [HttpGet("/patients/addresses/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Add([Patient("address")] Guid patientId, CancellationToken ct) => ShowAsync(patientId, null, ct);

    [HttpPost("/patients/addresses/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Add([Patient("address")] Guid patientId, AddressForm form, CancellationToken ct) => SaveAsync(patientId, null, form, ct);

    [HttpGet("/patients/addresses/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Edit([Patient("address")] Guid patientId, Guid id, CancellationToken ct) => ShowAsync(patientId, id, ct);

    [HttpPost("/patients/addresses/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Edit([Patient("address")] Guid patientId, Guid id, AddressForm form, CancellationToken ct) => SaveAsync(patientId, id, form, ct);
}
