using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Patients.Disclosures;

/// <summary>Writes down what left the practice; the answer to a record request writes itself.</summary>
public sealed class EditDisclosure(PatientsDb db, IAccessLog log, IPractice practice) : PatientRowSlice<Disclosure, DisclosureForm>(db, log, practice)
{
    protected override string What => "disclosure";

    protected override string Back(Guid patientId) => $"/patients/privacy/{patientId}";

    protected override Disclosure New(Guid patientId) => new() { PatientId = patientId, ByName = Actor.Name };

    protected override DisclosureForm Blank() => new() { DisclosedOn = Said.ShortDay(Today) };

    [HttpGet("/patients/disclosures/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Privacy)]
    public Task<IActionResult> Add([Patient("disclosure")] Guid patientId, CancellationToken ct) => ShowAsync(patientId, null, ct);

    [HttpPost("/patients/disclosures/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Privacy)]
    public Task<IActionResult> Add([Patient("disclosure")] Guid patientId, DisclosureForm form, CancellationToken ct) => SaveAsync(patientId, null, form, ct);

    [HttpGet("/patients/disclosures/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Privacy)]
    public Task<IActionResult> Edit([Patient("disclosure")] Guid patientId, Guid id, CancellationToken ct) => ShowAsync(patientId, id, ct);

    [HttpPost("/patients/disclosures/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Privacy)]
    public Task<IActionResult> Edit([Patient("disclosure")] Guid patientId, Guid id, DisclosureForm form, CancellationToken ct) => SaveAsync(patientId, id, form, ct);
}
