using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>Cancels a booked visit with a reason; the time is free at once.</summary>
public sealed class CancelAppointment(SchedulingDb db, VisitDesk desk) : VisitStep(db, desk)
{
    public static IReadOnlyList<string> Reasons { get; } = ["Patient asked", "Patient is ill", "Provider away", "Weather", "Booked by mistake", "Other"];

    public sealed class Form
    {
        public Visit? Visit { get; set; }

        public int Version { get; set; }

        [Required(ErrorMessage = "Say why."), StringLength(40)]
        public string Reason { get; set; } = Reasons[0];

        [StringLength(160)]
        public string? More { get; set; }

        /// <summary>False puts "tell the patient" into the inbox.</summary>
        public bool Told { get; set; } = true;
    }

    [HttpGet("/scheduling/appointments/{id:guid}/cancel")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Get([PatientOf<Visit>("visit to cancel")] Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } visit)
        {
            return NotFound();
        }

        return Page(new Form { Visit = visit, Version = visit.Version });
    }

    [HttpPost("/scheduling/appointments/{id:guid}/cancel")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Post([PatientOf<Visit>("visit")] Guid id, Form form, CancellationToken ct)
    {
        if (form.Reason == "Other" && string.IsNullOrWhiteSpace(form.More))
        {
            Refuse(nameof(form.More), "Say why in a few words.");
        }

        if (!ModelState.IsValid)
        {
            form.Visit = await FindAsync(id, ct);
            return form.Visit is null ? NotFound() : Invalid(form);
        }

        var reason = string.IsNullOrWhiteSpace(form.More) ? form.Reason : form.Reason == "Other" ? form.More.Trim() : $"{form.Reason}: {form.More.Trim()}";
        return await TakeAsync(
            id, form.Version, WantedStep.Cancel(reason, form.Told, Actor.Name),
            visit => $"Visit of {visit.PatientName} on {visit.Local:MMM d}, {Said.Time(visit.Local)} canceled",
            ct);
    }

    private Task<Visit?> FindAsync(Guid id, CancellationToken ct) => Db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct);
}
