using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Contacts;

/// <summary>Adds and changes the people around a patient; a contact ends with a day and stays readable.</summary>
public sealed class EditContact(PatientsDb db, IAccessLog log, IPractice practice, ISettings<PatientsSettings> settings, IMessageBus bus)
    : PatientSlice(db, log, practice)
{
    /// <summary>The contact was the guarantor before this change.</summary>
    private bool paid;

    [HttpGet("/patients/contacts/{patientId:guid}/add")]
    [HttpGet("/patients/contacts/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Get([Patient("contact")] Guid patientId, Guid? id, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).ShowAsync(id, ct), ct);

    [HttpPost("/patients/contacts/{patientId:guid}/add")]
    [HttpPost("/patients/contacts/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Post([Patient("contact")] Guid patientId, Guid? id, ContactForm form, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).SaveAsync(id, form, ct), ct);

    private Edit<Contact, ContactForm> Row(Patient patient) => new(this, Db)
    {
        What = "contact",
        Rows = Db.Contacts.Where(c => c.PatientId == patient.Id),
        New = () => new() { PatientId = patient.Id },
        Blank = () => new() { FromDate = Said.ShortDay(Today) },
        Model = (row, form, _) => Task.FromResult<object>(new RowPage<ContactForm>(patient, row?.Id, form)),
        Check = (contact, _, _, ct) =>
        {
            paid = Db.Entry(contact) is { State: not EntityState.Detached } kept && kept.Property(c => c.Guarantor).OriginalValue;
            return LinkAsync(contact, ct);
        },
        After = FinishAsync,
        Saved = contact => Done($"/patients/charts/{patient.Id}",
            $"{contact.Name} {(contact.Version == 1 ? "added to" : "changed for")} {patient.FirstName} {patient.LastName}."),
    };

    /// <summary>A contact of the same name and birth date as a patient is that patient.</summary>
    private async Task LinkAsync(Contact contact, CancellationToken ct)
    {
        if (contact.BirthDate is { } born)
        {
            var (first, last) = (contact.FirstName ?? "", contact.LastName);
            var same = await Db.Patients.AsNoTracking()
                .Where(p => p.BirthDate == born && p.Id != contact.PatientId
                    && PatientsDb.Plain(p.FirstName) == PatientsDb.Plain(first) && PatientsDb.Plain(p.LastName) == PatientsDb.Plain(last))
                .Select(p => p.Id).Take(2).ToListAsync(ct);
            contact.OtherPatientId = same.Count == 1 ? same[0] : null;
        }
    }

    /// <summary>A guarantor may have been all that a registration missed, and is told with the patient.</summary>
    private async Task FinishAsync(Contact contact, CancellationToken ct)
    {
        var patient = await Db.Patients.SingleAsync(p => p.Id == contact.PatientId, ct);
        var missing = patient.ToFinish;
        await Registration.FinishAsync(Db, patient, await settings.GetAsync(ct: ct), Today, ct);
        if (paid || contact.Guarantor)
        {
            await Db.TellAnewAsync(bus, [patient], Today, ct);
        }
        else if (!ReferenceEquals(missing, patient.ToFinish))
        {
            await Db.SaveAndTellAsync(bus, [patient], Today, ct);
        }
    }
}
