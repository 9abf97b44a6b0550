using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Contacts;

/// <summary>Adds and changes the people around a patient; a contact ends with a day and stays readable.</summary>
public sealed class EditContact(PatientsDb db, IAccessLog log, IPractice practice, ISettings<PatientsSettings> settings, IMessageBus bus) : PatientRowSlice<Contact, ContactForm>(db, log, practice)
{
    protected override string What => "contact";

    protected override Contact New(Guid patientId) => new() { PatientId = patientId };

    protected override ContactForm Blank() => new() { FromDate = Said.ShortDay(Today) };

    protected override string Saved(Contact row, Patient patient, bool added) =>
        $"{row.Name} {(added ? "added to" : "changed for")} {patient.FirstName} {patient.LastName}.";

    protected override FieldError? Sentence(string constraint) => constraint == "contacts_one_guarantor"
        ? new(nameof(ContactForm.Guarantor), "Another guarantor pays on these days. End that one first, or let this one begin later.")
        : null;

    /// <summary>A contact of the same name and birth date, or phone, as a patient is that patient.</summary>
    protected override async Task PrepareAsync(Contact row, ContactForm form, Reading read, CancellationToken ct)
    {
        if (row.BirthDate is { } born)
        {
            var name = row.Name;
            var same = await Db.Patients.AsNoTracking()
                .Where(p => p.BirthDate == born && p.Id != row.PatientId && PatientsDb.Plain(p.FirstName + " " + p.LastName) == PatientsDb.Plain(name))
                .Select(p => p.Id).Take(2).ToListAsync(ct);
            row.OtherPatientId = same.Count == 1 ? same[0] : null;
        }
    }

    /// <summary>A guarantor may have been all that a registration missed.</summary>
    protected override async Task AfterAsync(Contact row, Patient patient, CancellationToken ct)
    {
        var missing = patient.ToFinish;
        await Registration.FinishAsync(Db, patient, await settings.GetAsync(ct: ct), Today, ct);
        if (!ReferenceEquals(missing, patient.ToFinish))
        {
            await Db.SaveAndTellAsync(bus, [patient], Today, ct);
        }
    }

    [HttpGet("/patients/contacts/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Add([Patient("contact")] Guid patientId, CancellationToken ct) => ShowAsync(patientId, null, ct);

    [HttpPost("/patients/contacts/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Add([Patient("contact")] Guid patientId, ContactForm form, CancellationToken ct) => SaveAsync(patientId, null, form, ct);

    [HttpGet("/patients/contacts/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Edit([Patient("contact")] Guid patientId, Guid id, CancellationToken ct) => ShowAsync(patientId, id, ct);

    [HttpPost("/patients/contacts/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Edit([Patient("contact")] Guid patientId, Guid id, ContactForm form, CancellationToken ct) => SaveAsync(patientId, id, form, ct);
}
