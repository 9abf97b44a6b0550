using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Cases;
using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The patient is at the desk: what is known of them is gone through, and which case and coverage the visit is for; then they have arrived.</summary>
public sealed class CheckInAppointment(SchedulingDb db, VisitDesk desk, IMessageBus bus, VisitCases cases) : VisitStep(db, desk)
{
    private Form posted = new();

    public sealed class Form
    {
        public int Version { get; set; }
        public bool Demographics { get; set; } = true;
        public bool Coverage { get; set; } = true;
        public bool Notices { get; set; } = true;
        public Guid? Case { get; set; }

        /// <summary>The form offered cases: an empty one means none.</summary>
        public bool CaseAsked { get; set; }

        public string[] Confirmed => [.. new[] { (Demographics, "demographics"), (Coverage, "coverage"), (Notices, "notices") }.Where(x => x.Item1).Select(x => x.Item2)];
    }

    /// <param name="Payers">Whom the visit would be billed to, by case; without one, the health plan's.</param>
    public sealed record Model(Visit Visit, Form Form, CasePick Pick, ILookup<Guid?, CoverageChanged> Payers)
    {
        public string Pays(Guid? of) => Payers[of].Any()
            ? string.Join("; ", Payers[of].Select(c => $"{(c.Rank == 1 ? "" : c.Rank == 2 ? "secondary " : "tertiary ")}{c.PayerName} {c.MemberId}"))
            : "no coverage on file";
    }

    [HttpGet("/scheduling/appointments/{id:guid}/check-in")]
    [Needs(SchedulingPermissions.CheckIn)]
    public async Task<IActionResult> Get([PatientOf<Visit>("check-in")] Guid id, CancellationToken ct)
    {
        if (await Db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return NotFound();
        }

        return Page(await ModelAsync(visit, new() { Version = visit.Version, Case = visit.CaseId }, ct));
    }

    [HttpPost("/scheduling/appointments/{id:guid}/check-in")]
    [Needs(SchedulingPermissions.CheckIn)]
    public async Task<IActionResult> Post([PatientOf<Visit>("visit")] Guid id, [Bind(Prefix = "Form")] Form form, CancellationToken ct)
    {
        posted = form;
        var chosen = await cases.FindAsync(form.Case, ct);
        var before = await cases.FindAsync(await Db.Visits.AsNoTracking().Where(v => v.Id == id).Select(v => v.CaseId).FirstOrDefaultAsync(ct), ct);
        return await TakeAsync(
            id, form.Version, VisitSteps.Arrive,
            (visit, now) => (form.CaseAsked ? visit.Choose(chosen, before, now, Actor.Name) : null) ?? visit.Arrive(now, Actor.Name, form.Confirmed),
            (visit, now) => new object[] { new Arrived(visit.State(), now), new CheckedIn(visit.State(), form.Confirmed, now) },
            visit => $"{visit.PatientName} checked in",
            ct);
    }

    protected override FieldsOfOthers? Fields =>
        new("scheduling.check-in", async (visit, ct) => Invalid(await ModelAsync(visit, posted, ct)));

    private async Task<Model> ModelAsync(Visit visit, Form form, CancellationToken ct)
    {
        // The owner is asked: what the patient pays with today must not be a moment old.
        var found = await bus.InvokeAsync<CoverageFound>(new FindCoverage(visit.PatientId, visit.Day), ct);
        var payers = (found?.Coverages ?? []).Where(c => c.BenefitLine is "medical" or "case").ToLookup(c => c.CaseId);
        return new(visit, form, await cases.KeepAsync(visit.PatientId, visit.Day, form.Case, ct), payers);
    }
}
