using System.ComponentModel.DataAnnotations;
using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Patients;
using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Cases;
using Modular.Scheduling.Messages;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.WalkIns;

/// <summary>Somebody stands at the desk without a visit: registered when new, booked for now and arrived, all of it or nothing.</summary>
public sealed class AddWalkIn(SchedulingDb db, Booking booking, ScheduleReader reader, VisitCases cases, IMessageBus bus, ILive live, ChosenLocation chosen, IAccessLog log) : Slice
{
    public sealed class Form
    {
        public Guid Key { get; set; }
        public Guid? Location { get; set; }

        /// <summary>Found in the list; otherwise the fields of a new patient are read.</summary>
        public Guid? Patient { get; set; }
        public string? PatientName { get; set; }
        public string? LastName { get; set; }
        public string? FirstName { get; set; }
        public string? BirthDate { get; set; }
        public string? Sex { get; set; }
        public string? Phone { get; set; }

        /// <summary>The person saw that a patient of this name and birth date exists and registers another.</summary>
        public bool Anyway { get; set; }

        [Required(ErrorMessage = "Choose what the visit is for.")]
        public Guid? Type { get; set; }
        public Guid? Provider { get; set; }

        public Guid? Case { get; set; }

        [StringLength(500)]
        public string? Note { get; set; }

        [BindNever, ValidateNever]
        public Choices Choices { get; set; } = null!;
    }

    public sealed record Choices(Location Where, IReadOnlyList<AppointmentType> Types, IReadOnlyList<Bookable> Providers, bool MayRegister, IReadOnlyList<KnownPatient> Same, CasePick Cases);

    [HttpGet("/scheduling/walk-ins/add")]
    [Needs(SchedulingPermissions.CheckIn)]
    public async Task<IActionResult> Get(Guid? location, CancellationToken ct) => booking.Place(location ?? chosen.Location?.Id ?? Guid.Empty) is { } where
        ? Page(await FillAsync(new Form { Key = Guid.CreateVersion7(), Location = where.Id }, where, [], ct))
        : NotFound();

    [HttpPost("/scheduling/walk-ins/add")]
    [Needs(SchedulingPermissions.CheckIn)]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        if (booking.Place(form.Location ?? Guid.Empty) is not { } where || !Actor.Can(SchedulingPermissions.Book))
        {
            return NotFound();
        }

        IReadOnlyList<Guid> same = [];
        if (ModelState.IsValid)
        {
            await using var write = await db.BeginWriteAsync(ct);
            (var patient, same) = form.Patient is { } known ? (known, same) : await RegisterAsync(form, ct);
            if (patient is { } id && await BookAsync(form, where, id, ct) is { } visit)
            {
                await write.CommitAsync(ct);
                return Arrived(visit);
            }
        }

        return Invalid(await FillAsync(form, where, same, ct));
    }

    private async Task<(Guid?, IReadOnlyList<Guid>)> RegisterAsync(Form form, CancellationToken ct)
    {
        if (!Actor.Can(PatientsPermissions.Edit) || string.IsNullOrWhiteSpace(form.LastName))
        {
            Refuse(nameof(form.PatientName), "Choose the patient from the list, or fill in the new one below.");
            return (null, []);
        }

        var told = await bus.InvokeAsync<PatientRegistered>(new RegisterPatient(form.LastName, form.FirstName, form.BirthDate, form.Sex, form.Phone, form.Anyway), ct);
        foreach (var (field, sentence) in told?.Errors ?? [new("LastName", "Registering is not available now.")])
        {
            Refuse(field, sentence);
        }

        if (told is { Same.Count: > 0 })
        {
            Refuse(nameof(form.Anyway), "A patient of this name and birth date is here already. Choose them, or say that this is another person.");
        }

        return (told?.PatientId, told?.Same ?? []);
    }

    /// <summary>Now, to the five minutes; over another visit when nobody is free, which is what a walk-in is.</summary>
    private async Task<Visit?> BookAsync(Form form, Location where, Guid patient, CancellationToken ct)
    {
        var now = Clock.GetUtcNow();
        var start = new DateTimeOffset(now.UtcTicks / TimeSpan.TicksPerMinute / 5 * 5 * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        var result = await booking.BookAsync(new(form.Key, where.Id, patient, form.Type!.Value, form.Provider, start, form.Note, "Walk-in", CaseId: form.Case), ct);
        if (result.Visit is null)
        {
            Refuse(result.Refusal!.Field == "TypeId" ? nameof(form.Type) : "", result.Refusal.Sentence);
            return null;
        }

        var visit = await db.Visits.FirstAsync(v => v.Id == result.Visit.Id, ct);
        if (visit.Status == VisitStatus.Booked)
        {
            visit.Arrive(now, Actor.Name);
            await db.SaveChangesAsync(ct);
            await bus.PublishAsync(new Arrived(visit.State(), now), new(Key: visit.Id.ToString()));
            visit.Tell(live);
        }

        return visit;
    }

    private IActionResult Arrived(Visit visit)
    {
        var said = $"{visit.PatientName} is booked with {visit.ProviderName} and waiting";
        if (!Request.WantsFragment())
        {
            return Done("/scheduling/flow", said);
        }

        Response.Htmx(h => h.WithTrigger("toast", new { text = said }).WithTrigger("closeDrawer"));
        return StatusCode(204);
    }

    private async Task<Form> FillAsync(Form form, Location where, IReadOnlyList<Guid> same, CancellationToken ct)
    {
        var types = (await db.AppointmentTypes.AsNoTracking().Where(t => t.Active).ToListAsync(ct)).Where(t => t.MayBeBookedBy(Actor))
            .OrderBy(t => t.Name != "Acute visit").ThenBy(t => t.Kind != "visit").ThenBy(t => t.Name, StringComparer.Ordinal).ToList();
        var today = WallTime.Today(Clock, where.Zone);
        var providers = (await reader.ReadAsync(where, today, today, ct)).Facts.Providers;
        var known = await db.Patients.AsNoTracking().Where(p => same.Contains(p.Id)).ToListAsync(ct);
        if (known.Count > 0)
        {
            log.Listed([.. known.Select(k => k.Id)], "patients like a walk-in");
        }

        form.Choices = new(where, types, providers, Actor.Can(PatientsPermissions.Edit), known, await cases.KeepAsync(form.Patient, today, form.Case, ct));
        return form;
    }
}
