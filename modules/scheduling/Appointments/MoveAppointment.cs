using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Cases;
using Modular.Scheduling.FreeTime;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>Moves a visit to another time, provider or place: from its drawer, or dropped, pasted or stepped on the board.</summary>
public sealed class MoveAppointment(SchedulingDb db, Booking booking, Moving moving, ScheduleReader reader, VisitCases cases, ChosenLocation chosen) : Slice
{
    public static IReadOnlyList<string> Reasons { get; } = ["Patient asked", "Provider asked", "Provider away", "To fit another visit", "Weather", "Other"];

    public sealed class Form
    {
        public int Version { get; set; }
        public Guid? Location { get; set; }

        /// <summary>Null: any provider.</summary>
        public Guid? Provider { get; set; }
        public Guid? Room { get; set; }
        public DateOnly? Date { get; set; }

        /// <summary>One of the offered starts, with its offset.</summary>
        public string? Start { get; set; }

        /// <summary>A time of the person's own, on the date; wins over <see cref="Start"/>.</summary>
        public TimeOnly? Time { get; set; }

        [StringLength(120)]
        public string Why { get; set; } = Reasons[0];
        public bool Told { get; set; } = true;

        [StringLength(200)]
        public string? OverbookReason { get; set; }
        public bool OverlapAccepted { get; set; }
        public Guid? Case { get; set; }

        /// <summary>The form offered cases: an empty one means none.</summary>
        public bool CaseAsked { get; set; }

        [BindNever, ValidateNever]
        public MoveChoices Choices { get; set; } = null!;
    }

    [HttpGet("/scheduling/appointments/{id:guid}/move")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Get([PatientOf<Visit>("visit to move")] Guid id, DateOnly? date, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } visit)
        {
            return NotFound();
        }

        ModelState.Clear();
        return Page(await FillAsync(new Form { Version = visit.Version, Location = visit.LocationId, Provider = visit.ProviderId, Date = date ?? visit.Day.AddDays(7) }, visit, ct));
    }

    /// <summary>The first free times again, when the date, the provider or the place changes.</summary>
    [HttpGet("/scheduling/appointments/{id:guid}/move/times")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Times([PatientOf<Visit>("visit")] Guid id, Form form, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } visit || booking.Place(form.Location ?? visit.LocationId) is not { } where)
        {
            return NotFound();
        }

        return Fragment("_Times", (await TimesAsync(form, visit, where, ct)) is var times ? times with { Chosen = times.First } : null);
    }

    [HttpPost("/scheduling/appointments/{id:guid}/move")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Post([PatientOf<Visit>("visit")] Guid id, Form form, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } visit || booking.Place(form.Location ?? visit.LocationId) is not { } where)
        {
            return NotFound();
        }

        var start = ReadStart(form, where);
        if (!ModelState.IsValid || start is null)
        {
            return Invalid(await FillAsync(form, visit, ct, start));
        }

        var result = await moving.MoveAsync(new(id, form.Version, where.Id, form.Provider, start.Value, form.Why, form.Told, form.OverbookReason, form.OverlapAccepted, form.Room, form.Case, form.CaseAsked), ct);
        if (result.Visit is { } moved)
        {
            return Moved(moved);
        }

        Refuse(result.Refusal!.Field, result.Refusal.Sentence);
        return Invalid(await FillAsync(form, visit, ct, start, result.Refusal));
    }

    /// <summary>Back to where it was before its last move, when that is still free.</summary>
    [HttpPost("/scheduling/appointments/{id:guid}/move/back")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Back([PatientOf<Visit>("visit")] Guid id, int version, CancellationToken ct)
    {
        var moves = db.Visits.AsNoTracking().Include(v => v.Changes.Where(c => c.Step == VisitSteps.Move.Name));
        if (await moves.FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit || visit.Changes.MaxBy(c => (c.RowVersion, c.At)) is not { } last)
        {
            return NotFound();
        }

        var (location, provider) = (last.Was(nameof(Visit.LocationId), visit.LocationId), last.Was(nameof(Visit.ProviderId), visit.ProviderId));
        var start = last.Was(nameof(Visit.StartsAt), visit.StartsAt);
        var result = await moving.MoveAsync(new(id, version, location, provider, start, "Taken back", true), ct);
        if (result.Visit is { } back)
        {
            return Moved(back);
        }

        Response.Htmx(h => h.WithTrigger("toast", new { text = result.Refusal!.Sentence }));
        return Request.WantsFragment() ? StatusCode(409) : Done($"/scheduling/appointments/{id}", result.Refusal!.Sentence);
    }

    private IActionResult Moved(Visit visit)
    {
        var said = $"{visit.PatientName} moved to {visit.Local:ddd, MMM d}, {Said.Time(TimeOnly.FromDateTime(visit.Local.DateTime))} with {visit.ProviderName}";
        var undo = $"/scheduling/appointments/{visit.Id}/move/back?version={visit.Version}";
        if (!Request.WantsFragment())
        {
            return Done(visit.DayUrl, said, undo);
        }

        Response.Htmx(h => h.WithTrigger("toast", new { text = said, undo }).WithTrigger("closeDrawer").WithTrigger("visitMoved", new { id = visit.Id }));
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

    private Task<Visit?> FindAsync(Guid id, CancellationToken ct) => db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct);

    private async Task<TimesModel> TimesAsync(Form form, Visit visit, Location where, CancellationToken ct)
    {
        var (now, today) = (Clock.GetUtcNow(), WallTime.Today(Clock, where.Zone));
        var from = form.Date is { } day && day > today ? day : today;
        var starts = await moving.FindAsync(visit, where, form.Provider, from, now, FreeTimes.Shown * 4, ct);
        return new([.. starts.DistinctBy(s => s.Start).Take(FreeTimes.Shown)], today, where.Zone);
    }

    private async Task<Form> FillAsync(Form form, Visit visit, CancellationToken ct, DateTimeOffset? asked = null, BookingRefusal? refusal = null)
    {
        var where = booking.Place(form.Location ?? visit.LocationId) ?? booking.Place(visit.LocationId)!;
        var today = WallTime.Today(Clock, where.Zone);
        var providers = (await reader.ReadAsync(where, today, today, ct)).Facts.Providers;
        var times = await TimesAsync(form, visit, where, ct);
        var over = (refusal?.MayOverbook == true || form.OverbookReason is not null) && Actor.Can(SchedulingPermissions.Overbook);
        form.Start = refusal is not null ? asked?.ToString("O", CultureInfo.InvariantCulture) : form.Start ?? times.First;
        form.Choices = new(visit, where, chosen.Choices, providers, times with { Chosen = form.Start, Over = over ? asked : null }, over, refusal?.MayAcceptOverlap == true || form.OverlapAccepted,
            await cases.KeepAsync(visit.PatientId, form.Date ?? visit.Day, form.CaseAsked ? form.Case : visit.CaseId, ct));
        return form;
    }
}

/// <summary>What the form offers.</summary>
public sealed record MoveChoices(Visit Visit, Location Where, IReadOnlyList<Location> Locations, IReadOnlyList<Bookable> Providers, TimesModel Times, bool AskOverbook, bool AskOverlap, CasePick Cases);
