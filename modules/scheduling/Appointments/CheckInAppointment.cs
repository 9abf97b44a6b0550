using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The patient is at the desk: what is known of them is gone through, then they have arrived.</summary>
public sealed class CheckInAppointment(SchedulingDb db, IMessageBus bus, ILive live, IAccessLog log) : VisitStep(db, bus, live)
{
    public sealed class Form
    {
        public int Version { get; set; }
        public bool Demographics { get; set; } = true;
        public bool Coverage { get; set; } = true;
        public bool Notices { get; set; } = true;

        public string[] Confirmed => [.. new[] { (Demographics, "demographics"), (Coverage, "coverage"), (Notices, "notices") }.Where(x => x.Item1).Select(x => x.Item2)];
    }

    public sealed record Model(Visit Visit, Form Form);

    [HttpGet("/scheduling/appointments/{id:guid}/check-in")]
    [Needs("scheduling.visit.check-in")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        if (await Db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return NotFound();
        }

        log.Viewed(visit.PatientId, "check-in");
        return Page(new Model(visit, new() { Version = visit.Version }));
    }

    [HttpPost("/scheduling/appointments/{id:guid}/check-in")]
    [Needs("scheduling.visit.check-in")]
    public Task<IActionResult> Post(Guid id, [Bind(Prefix = "Form")] Form form, CancellationToken ct) => TakeAsync(
        id, form.Version,
        (visit, now) =>
        {
            visit.Checked = form.Confirmed;
            return visit.Arrive(now, Actor.Name);
        },
        (visit, now) => new object[] { new Arrived(visit.State(), now), new CheckedIn(visit.State(), form.Confirmed, now) },
        visit => $"{visit.PatientName} checked in",
        ct);
}
