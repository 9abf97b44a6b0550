using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Slips;

/// <summary>Takes a message from any page: in the drawer, with what is behind it left as it is.</summary>
public sealed class WriteSlip(PatientsDb db, IAccessLog log, IPractice practice, ChosenLocation chosen, ILive live) : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/slips/write")]
    [Needs(PatientsModule.WriteSlip)]
    public async Task<IActionResult> Get([Patient("message slip")] Guid? patient, CancellationToken ct)
    {
        var form = new SlipForm();
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

    [HttpPost("/patients/slips/write")]
    [Needs(PatientsModule.WriteSlip)]
    public async Task<IActionResult> Post(SlipForm form, CancellationToken ct)
    {
        if (chosen.Location is not { } place)
        {
            Refuse("", "Choose a location in the top bar first.");
            return Invalid(form);
        }

        var (now, read) = (Clock.GetUtcNow(), new Reading(Today));
        var slip = new Slip { LocationId = place.Id, TakenAt = now, TakenBy = Actor.Name };
        form.Write(slip, read);
        slip.AnswerBy = Slip.Due(slip.Urgency, now, place.Zone);
        if (form.PatientId is { } id && Reading.Clean(form.PatientName) is not null)
        {
            AccessLog.Viewed(id, "message slip");
            if (await OpenAsync(id, ct) is not { } about)
            {
                return Gone();
            }

            (slip.PatientId, slip.Patient) = (id, about.FullName);
        }
        else
        {
            // A name that was typed and not chosen: the slip says it, the chart is found later.
            slip.Patient = read.Text(nameof(form.PatientName), "Patient", form.PatientName, 120);
        }

        if (!Accept(read.Errors, ""))
        {
            return Invalid(form);
        }

        await using var write = await Db.BeginWriteAsync(ct);
        Db.Add(slip);
        await Db.SaveChangesAsync(ct);
        live.Changed(PatientsModule.SlipTopic, place.Id.ToString("N"));
        await write.CommitAsync(ct);
        var said = $"Message for {Slip.Teams[slip.ToRole].ToLowerInvariant()} taken; answer by {Said.Instant(slip.AnswerBy, place.Zone, now)}.";
        if (!Request.WantsFragment())
        {
            return Done("/patients/slips", said);
        }

        Response.Htmx(h => h.WithTrigger("toast", new { text = said }).WithTrigger("closeDrawer"));
        return StatusCode(204);
    }
}
