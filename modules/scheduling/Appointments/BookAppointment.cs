using System.ComponentModel.DataAnnotations;
using Htmx;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Cases;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Reactions;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>Books a visit: who, what for, with whom, and the first time that fits or one of the person's choice.</summary>
public sealed class BookAppointment(SchedulingDb db, Booking booking, PatientLookup patients, ScheduleReader reader, VisitCases cases, ChosenLocation chosen) : Slice
{
    public sealed class Form
    {
        /// <summary>Made with the form: sent twice, it books once.</summary>
        public Guid Key { get; set; }

        [Required(ErrorMessage = "Choose a location.")]
        public Guid? Location { get; set; }

        [Required(ErrorMessage = "Choose a patient from the list.")]
        public Guid? Patient { get; set; }

        public string? PatientName { get; set; }

        [Required(ErrorMessage = "Choose what the visit is for.")]
        public Guid? Type { get; set; }

        /// <summary>Null: any provider.</summary>
        public Guid? Provider { get; set; }

        /// <summary>Null: no case.</summary>
        public Guid? Case { get; set; }

        public DateOnly? Date { get; set; }

        /// <summary>One of the offered starts, with its offset.</summary>
        public string? Start { get; set; }

        /// <summary>A time of the person's own; wins over <see cref="Start"/>.</summary>
        public TimeOnly? Time { get; set; }

        [StringLength(500)]
        public string? Note { get; set; }

        [StringLength(200)]
        public string? OverbookReason { get; set; }

        public bool OverlapAccepted { get; set; }

        [BindNever, ValidateNever]
        public BookingChoices Choices { get; set; } = null!;
    }

    /// <summary>Where other modules have fields in this form: about the patient, and about the visit once it is booked.</summary>
    public const string Slot = "scheduling.book";

    [HttpGet("/scheduling/appointments/book")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Get(Guid? location, Guid? provider, Guid? type, [Patient("visit to book")] Guid? patient, Guid? @case, DateOnly? date, DateTimeOffset? start, CancellationToken ct)
    {
        if (booking.Place(location ?? chosen.Location?.Id ?? Guid.Empty) is not { } where)
        {
            return NotFound();
        }

        // The address may say a date in its own way; the field shows it as people do.
        ModelState.Clear();
        var form = new Form { Key = Guid.CreateVersion7(), Location = where.Id, Provider = provider, Type = type, Date = date, Case = @case };
        if (start is { } wanted)
        {
            form.Date = DateOnly.FromDateTime(WallTime.At(wanted, where.Zone).DateTime);
        }

        if (patient is { } id && await patients.FindAsync(id, ct) is { } known)
        {
            (form.Patient, form.PatientName) = (known.Id, known.Name);
        }

        return Page(await FillAsync(form, where, start, ct));
    }

    [HttpPost("/scheduling/appointments/book")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        if (booking.Place(form.Location ?? Guid.Empty) is not { } where)
        {
            return NotFound();
        }

        var start = ReadStart(form, where);
        if (!ModelState.IsValid || start is null)
        {
            return Invalid(await FillAsync(form, where, start, ct));
        }

        var refused = false;
        var result = await booking.BookAsync(
            new(form.Key, where.Id, form.Patient!.Value, form.Type!.Value, form.Provider, start.Value, form.Note, form.OverbookReason, form.OverlapAccepted, form.Case), ct,
            async visit => !(refused = !await TakeSlotAsync(Slot, visit.PatientId, visit.Id, ct)));
        if (result.Visit is { } visit)
        {
            return Booked(visit);
        }

        if (refused)
        {
            return Invalid(await FillAsync(form, where, start, ct));
        }

        var next = result.Next is { Count: > 0 } free ? $" Next free: {string.Join(", ", free.Take(3).Select(f => Offered(f, start.Value)))}." : "";
        Refuse(result.Refusal!.Field, result.Refusal.Sentence + next);
        if (result.Refusal.MayOverbook && form.Time is null)
        {
            // What was chosen is gone: the list marks what is free now, and keeps the other to book over it.
            form.Start = null;
        }

        return Invalid(await FillAsync(form, where, start, ct, result));
    }

    /// <summary>The fields of other modules, once the patient is chosen.</summary>
    [HttpGet("/scheduling/appointments/book/fields")]
    [Needs(SchedulingPermissions.Book)]
    public IActionResult Fields([Patient("visit to book")] Guid? patient) => Fragment("_Fields", patient);

    private IActionResult Booked(Visit visit)
    {
        var said = $"{visit.PatientName} booked: {visit.Local:ddd, MMM d}, {Said.Time(visit.Local)} with {visit.ProviderName}";
        if (!Request.WantsFragment())
        {
            return Done(visit.DayUrl, said);
        }

        Response.Htmx(h => h.WithTrigger("toast", new { text = said }).WithTrigger("closeDrawer"));
        return StatusCode(204);
    }

    private DateTimeOffset? ReadStart(Form form, Location where)
    {
        var (start, field, fault) = ChosenStart.Read(form.Start, form.Date ?? WallTime.Today(Clock, where.Zone), form.Time, where);
        if (fault is not null)
        {
            Refuse(field!, fault);
        }

        return start;
    }

    private static string Offered(FreeStart free, DateTimeOffset asked) =>
        free.Start.Date == asked.Date ? Said.Time(free.Start) : $"{free.Start:ddd, MMM d}, {Said.Time(free.Start)}";

    private async Task<Form> FillAsync(Form form, Location where, DateTimeOffset? from, CancellationToken ct, BookingResult? result = null)
    {
        var types = (await db.AppointmentTypes.AsNoTracking().Where(t => t.Active).ToListAsync(ct))
            .Where(t => t.MayBeBookedBy(Actor)).OrderBy(t => t.Kind != "visit").ThenBy(t => t.Name, StringComparer.Ordinal).ToList();
        form.Type ??= types.FirstOrDefault()?.Id;
        var today = WallTime.Today(Clock, where.Zone);
        var providers = (await reader.ReadAsync(where, today, today, ct)).Facts.Providers;
        var times = types.FirstOrDefault(t => t.Id == form.Type) is { } type
            ? await FreeTimes.FindAsync(booking, where, type, form.Provider, form.Date, from, Clock.GetUtcNow(), ct)
            : new TimesModel([], today, where.Zone);
        form.Start ??= times.First;
        var overbook = (result?.Refusal?.MayOverbook == true || form.OverbookReason is not null) && Actor.Can(SchedulingPermissions.Overbook);
        form.Choices = new(where, chosen.Choices, types, providers, times with { Chosen = form.Start, Over = overbook ? from : null },
            overbook,
            result?.Refusal?.MayAcceptOverlap == true || form.OverlapAccepted,
            await CasesAsync(form, today, ct));
        return form;
    }

    /// <summary>A form that opens proposes; one that comes back, or was opened for a case, keeps what was chosen.</summary>
    private Task<CasePick> CasesAsync(Form form, DateOnly today, CancellationToken ct) => form.Case is null && HttpMethods.IsGet(Request.Method)
        ? cases.ProposeAsync(form.Patient, form.Type, form.Date ?? today, ct)
        : cases.KeepAsync(form.Patient, form.Date ?? today, form.Case, ct);
}

/// <summary>What the form offers.</summary>
/// <param name="AskOverbook">The time is not free, and this person may book over it with a reason.</param>
/// <param name="AskOverlap">The patient has another visit then; the person has to say that it is meant.</param>
public sealed record BookingChoices(
    Location Where, IReadOnlyList<Location> Locations, IReadOnlyList<AppointmentType> Types, IReadOnlyList<Bookable> Providers, TimesModel Times, bool AskOverbook, bool AskOverlap,
    CasePick Cases);
