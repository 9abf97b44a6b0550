using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Addresses;

/// <summary>Adds and changes where else a patient is written to; a confidential way stands above all others, and no reason is asked.</summary>
public sealed class EditAddress(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus) : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/addresses/{patientId:guid}/add")]
    [HttpGet("/patients/addresses/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Get([Patient("address")] Guid patientId, Guid? id, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).ShowAsync(id, ct), ct);

    [HttpPost("/patients/addresses/{patientId:guid}/add")]
    [HttpPost("/patients/addresses/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Post([Patient("address")] Guid patientId, Guid? id, AddressForm form, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).SaveAsync(id, form, ct), ct);

    private Edit<OtherAddress, AddressForm> Row(Patient patient) => new(this, Db)
    {
        What = "address",
        Rows = Db.Addresses.Where(a => a.PatientId == patient.Id),
        New = () => new() { PatientId = patient.Id },
        Blank = () => new() { FromDate = Said.ShortDay(Today) },
        Model = (row, form, _) => Task.FromResult<object>(new RowPage<AddressForm>(patient, row?.Id, form)),
        After = TellAsync,
        Saved = address => Done($"/patients/charts/{patient.Id}", $"Address of {patient.FullName} {(address.Version == 1 ? "added" : "changed")}."),
    };

    /// <summary>What others show of the patient may have changed with it, which they take over as a new version.</summary>
    private async Task TellAsync(OtherAddress address, CancellationToken ct)
    {
        var patient = await Db.Patients.SingleAsync(p => p.Id == address.PatientId, ct);
        await bus.PublishAsync(new Messages.PatientReachChanged(patient.Id), new(Key: patient.Id.ToString()));
        await Db.TellAnewAsync(bus, [patient], Today, ct, named: true);
    }
}
