using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.PhoneMessages;

/// <summary>Takes a message from any page: in the drawer, with what is behind it left as it is.</summary>
public sealed class WritePhoneMessage(PatientsDb db, IAccessLog log, IPractice practice, ChosenLocation chosen, ILive live) : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/phone-messages/write")]
    [Needs(PatientsPermissions.WritePhoneMessage)]
    public async Task<IActionResult> Get([Patient("message of a caller")] Guid? patient, CancellationToken ct)
    {
        var form = new PhoneMessageForm();
        if (patient is { } id)
        {
            if (await OpenAsync(id, ct) is not { } about)
            {
                return Gone();
            }

            (form.PatientId, form.PatientName, form.Caller, form.Phone) = (id, about.FullName, about.FullName, TypedPhone.Show(about.ReachOn(Today).Phone));
        }

        return Page(form);
    }

    [HttpPost("/patients/phone-messages/write")]
    [Needs(PatientsPermissions.WritePhoneMessage)]
    public async Task<IActionResult> Post(PhoneMessageForm form, CancellationToken ct)
    {
        if (chosen.Location is not { } place)
        {
            Refuse("", "Choose a location in the top bar first.");
            return Invalid(form);
        }

        var (now, read) = (Clock.GetUtcNow(), new Reading(Today));
        var message = new PhoneMessage { LocationId = place.Id, TakenAt = now, TakenBy = Actor.Name };
        form.Write(message, read);
        message.AnswerBy = PhoneMessage.Due(message.Urgency, now, place.Zone, Practice.BusinessDays.At(place.Id));
        if (form.PatientId is { } id && Reading.Clean(form.PatientName) is not null)
        {
            AccessLog.Viewed(id, "message of a caller");
            if (await OpenAsync(id, ct) is not { } about)
            {
                return Gone();
            }

            (message.PatientId, message.Patient) = (id, about.FullName);
        }
        else
        {
            // A name that was typed and not chosen: the message says it, the chart is found later.
            message.Patient = read.Text(nameof(form.PatientName), "Patient", form.PatientName, 120);
        }

        if (!Accept(read.Errors))
        {
            return Invalid(form);
        }

        await using var write = await Db.BeginWriteAsync(ct);
        Db.Add(message);
        await Db.SaveChangesAsync(ct);
        live.Changed(PatientsModule.PhoneMessageTopic, place.Id.ToString("N"));
        await write.CommitAsync(ct);
        var said = $"Message for {PhoneMessage.Teams[message.ToRole].ToLowerInvariant()} taken; answer by {Said.Instant(message.AnswerBy, place.Zone, now)}.";
        if (!Request.WantsFragment())
        {
            return Done("/patients/phone-messages", said);
        }

        Response.Htmx(h => h.WithTrigger("toast", new { text = said }).WithTrigger("closeDrawer"));
        return StatusCode(204);
    }
}
