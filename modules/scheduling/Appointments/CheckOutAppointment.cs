using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Cases;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The patient leaves: what the visit was, for whoever bills it, and the next one. The key alone checks out without either.</summary>
public sealed class CheckOutAppointment(SchedulingDb db, VisitDesk desk, Booking booking, VisitCases cases) : VisitStep(db, desk)
{
    public static IReadOnlyList<string> NoCharges { get; } = ["Nothing was done", "Left without being seen", "Within another service", "Courtesy"];

    public sealed class Form
    {
        public int Version { get; set; }

        [StringLength(300)]
        public string? Outcome { get; set; }

        [StringLength(100)]
        public string? NoCharge { get; set; }

        /// <summary>Made with the form: the next visit is booked once.</summary>
        public Guid? Key { get; set; }
        public Guid? Type { get; set; }
        public Guid? Provider { get; set; }

        /// <summary>As typed: 3m. Empty: no next visit.</summary>
        public string? Date { get; set; }
        public string? Start { get; set; }
        public bool Card { get; set; }

        /// <summary>The note for work or school comes next; the next visits can be had from there.</summary>
        public bool Note { get; set; }

        /// <summary>The next visit is for the case of this one.</summary>
        public bool SameCase { get; set; }
    }

    public sealed record Model(Visit Visit, Form Form, IReadOnlyList<AppointmentType> Types, bool MayBook, string? Case);

    private Form posted = new();

    [HttpGet("/scheduling/appointments/{id:guid}/check-out")]
    [Needs(SchedulingPermissions.CheckIn)]
    public async Task<IActionResult> Get([PatientOf<Visit>("check-out")] Guid id, CancellationToken ct)
    {
        if (await Db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return NotFound();
        }

        var form = new Form { Version = visit.Version, Outcome = visit.TypeName, Key = Guid.CreateVersion7(), Provider = visit.ProviderId };
        return Page(await ModelAsync(visit, form, ct));
    }

    protected override FieldsOfOthers? Fields =>
        new("scheduling.check-out", async (visit, ct) => Invalid(await ModelAsync(visit, posted, ct)));

    private async Task<Model> ModelAsync(Visit visit, Form form, CancellationToken ct)
    {
        var all = await Db.AppointmentTypes.AsNoTracking().Where(t => t.Active && t.Patients != "new").OrderBy(t => t.Name).ToListAsync(ct);
        var types = all.Where(t => t.MayBeBookedBy(Actor)).ToList();
        form.Type ??= types.FirstOrDefault(t => t.Kind == "visit")?.Id;
        return new(visit, form, types, Actor.Can(SchedulingPermissions.Book), (await cases.FindAsync(visit.CaseId, ct))?.Words);
    }

    [HttpPost("/scheduling/appointments/{id:guid}/check-out")]
    [Needs(SchedulingPermissions.CheckIn)]
    public Task<IActionResult> Post([PatientOf<Visit>("visit")] Guid id, Form form, CancellationToken ct)
    {
        posted = form;
        return TakeAsync(
            id, form.Version, WantedStep.CheckOut(form.Outcome, form.NoCharge, Actor.Name), visit => $"{visit.PatientName} checked out", ct);
    }

    /// <summary>The next visit is a booking of its own: when its time is gone the patient is checked out all the same, and told so.</summary>
    protected override async Task<IActionResult?> AfterAsync(Visit visit, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(posted.Date) || posted is not { Key: { } key, Type: { } type } || !Actor.Can(SchedulingPermissions.Book))
        {
            return Printed(visit) is { } print ? Answer(visit, $"{visit.PatientName} checked out", print) : null;
        }

        if (!DateTimeOffset.TryParse(posted.Start, CultureInfo.InvariantCulture, DateTimeStyles.None, out var start))
        {
            return Answer(visit, $"{visit.PatientName} checked out. No time was chosen for the next visit: book it from the chart.", posted.Note ? Printed(visit) : null);
        }

        var next = await booking.BookAsync(new(key, visit.LocationId, visit.PatientId, type, posted.Provider, start, CaseId: posted.SameCase ? visit.CaseId : null), ct);
        return next.Visit is { } booked
            ? Answer(visit, $"{visit.PatientName} checked out. Next visit: {booked.Local:ddd, MMM d}, {Said.Time(TimeOnly.FromDateTime(booked.Local.DateTime))} with {booked.ProviderName}", Printed(visit))
            : Answer(visit, $"{visit.PatientName} checked out. The next visit is not booked: {next.Refusal!.Sentence}", posted.Note ? Printed(visit) : null);
    }

    private string? Printed(Visit visit) =>
        posted.Note ? $"/scheduling/prints/note/{visit.Id}" : posted.Card ? $"/scheduling/prints/next-visits/{visit.PatientId}" : null;

    private IActionResult Answer(Visit visit, string said, string? on = null)
    {
        if (on is not null || !Request.WantsFragment())
        {
            return Done(on ?? visit.DayUrl, said);
        }

        Response.Htmx(h => h.WithTrigger("toast", new { text = said, undo = $"/scheduling/appointments/{visit.Id}/undo?version={visit.Version}" }).WithTrigger("closeDrawer"));
        return StatusCode(204);
    }
}
