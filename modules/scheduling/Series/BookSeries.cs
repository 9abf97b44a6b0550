using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Cases;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Reactions;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Series;

/// <summary>Books visits that repeat: the rule first, then every occurrence with its conflicts one by one, then all of them or none.</summary>
public sealed class BookSeries(SchedulingDb db, Booking booking, SeriesPlan plan, SeriesBook book, PatientLookup patients, ScheduleReader reader, VisitCases cases, ChosenLocation chosen) : Slice
{
    public sealed class Form
    {
        public Guid Key { get; set; }
        public Guid Patient { get; set; }
        public Guid? Location { get; set; }

        [Required(ErrorMessage = "Choose what the visits are for.")]
        public Guid? Type { get; set; }

        [Required(ErrorMessage = "Choose the provider; a series stays with one.")]
        public Guid? Provider { get; set; }

        [Required(ErrorMessage = "From which day?")]
        public DateOnly? Date { get; set; }

        [Required(ErrorMessage = "At what time?")]
        public TimeOnly? Time { get; set; }

        [Range(1, 52, ErrorMessage = "1 to 52.")]
        public int Every { get; set; } = 1;

        [RegularExpression("day|week|month")]
        public string Unit { get; set; } = "week";

        [Range(2, 104, ErrorMessage = "2 to 104 visits.")]
        public int Times { get; set; } = 6;

        [StringLength(200)]
        public string? OverbookReason { get; set; }

        [StringLength(500)]
        public string? Note { get; set; }

        public Guid? Case { get; set; }

        /// <summary>False shows the plan, true books it.</summary>
        public bool Sure { get; set; }

        /// <summary>By date of the rule: take, skip, over or another start.</summary>
        public Dictionary<string, string> Chosen { get; set; } = [];

        [BindNever, ValidateNever]
        public Choices Choices { get; set; } = null!;
    }

    public sealed record Choices(Location Where, KnownPatient Patient, IReadOnlyList<AppointmentType> Types, IReadOnlyList<Bookable> Providers, IReadOnlyList<Planned>? Plan, CasePick Cases);

    [HttpGet("/scheduling/series/book")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Get([Patient("series to book")] Guid patient, Guid? location, Guid? provider, Guid? type, CancellationToken ct)
    {
        var form = new Form { Key = Guid.CreateVersion7(), Patient = patient, Location = location ?? chosen.Location?.Id, Provider = provider, Type = type };
        ModelState.Clear();
        if (!await FillAsync(form, null, ct))
        {
            return NotFound();
        }

        return Page(form);
    }

    [HttpPost("/scheduling/series/book")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        if (!await FillAsync(form, null, ct))
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return Invalid(form);
        }

        if (await db.Visits.Where(v => v.BookingKey == form.Key && v.SeriesId != null).Select(v => v.SeriesId).FirstOrDefaultAsync(ct) is { } before)
        {
            return Done($"/scheduling/series/{before}", "This series is booked already");
        }

        var (where, patient) = (form.Choices.Where, form.Choices.Patient);
        if (await plan.AskedAsync(where, form.Type!.Value, patient.Id, patient.Name, form.Provider!.Value, ct, form.Case) is not { } asked)
        {
            Refuse(nameof(form.Type), "Choose what the visits are for.");
            return Invalid(form);
        }

        var occurrences = Rule.Dates(form.Date!.Value, form.Every, form.Unit, form.Times)
            .Select(d => (On: d, At: Rule.Occurrence(d, form.Time!.Value, where.Zone))).Select(o => (o.On, o.At.Start, o.At.Note, (Guid?)null)).ToList();
        var choices = form.Chosen.Where(c => DateOnly.TryParse(c.Key, out _)).ToDictionary(c => DateOnly.Parse(c.Key, System.Globalization.CultureInfo.InvariantCulture), c => c.Value);
        var planned = await plan.MakeAsync(asked, occurrences, choices, ct);
        if (form.Sure && Ready(form, planned))
        {
            var series = Made(form, where, patient);
            if (await book.BookAsync(form.Key, series, asked, planned, form.OverbookReason ?? "", ct) is { } count)
            {
                return Done($"/scheduling/series/{series.Id}", $"{Said.Many(count, "visit")} of {patient.Name} booked, {series.Words}");
            }

            Refuse("", "One of the times was just taken. Nothing was booked; the list shows how it is now.");
            planned = await plan.MakeAsync(asked, occurrences, choices, ct);
        }

        await FillAsync(form, planned, ct);
        return ModelState.IsValid ? Page(form) : Invalid(form);
    }

    private bool Ready(Form form, IReadOnlyList<Planned> planned)
    {
        if (planned.FirstOrDefault(p => p.Chosen.Length == 0) is { } open)
        {
            Refuse("", $"{open.On:ddd, MMM d} is not decided yet: take another time, book over it, or leave it out.");
        }

        if (planned.Any(p => p.Chosen == Choice.Over) && (string.IsNullOrWhiteSpace(form.OverbookReason) || !Actor.Can(SchedulingPermissions.Overbook)))
        {
            Refuse(nameof(form.OverbookReason), Actor.Can(SchedulingPermissions.Overbook) ? "Say why they are booked over others." : "You may not book over other visits.");
        }

        if (planned.All(p => p.Chosen is Choice.Skip))
        {
            Refuse("", "Every visit is left out: nothing to book.");
        }

        return ModelState.IsValid;
    }

    private VisitSeries Made(Form form, Location where, KnownPatient patient) => new()
    {
        PatientId = patient.Id, ProviderId = form.Provider!.Value, LocationId = where.Id, TypeId = form.Type!.Value, Zone = where.Zone,
        WallTime = form.Time!.Value, StartsOn = form.Date!.Value, Every = form.Every, Unit = form.Unit, Times = form.Times,
        Note = string.IsNullOrWhiteSpace(form.Note) ? null : form.Note.Trim(), MadeAt = Clock.GetUtcNow(), MadeBy = Actor.Name,
    };

    private async Task<bool> FillAsync(Form form, IReadOnlyList<Planned>? planned, CancellationToken ct)
    {
        if (booking.Place(form.Location ?? Guid.Empty) is not { } where || await patients.FindAsync(form.Patient, ct) is not { Active: true } patient)
        {
            return false;
        }

        var types = (await db.AppointmentTypes.AsNoTracking().Where(t => t.Active).OrderBy(t => t.Name).ToListAsync(ct)).Where(t => t.MayBeBookedBy(Actor)).ToList();
        var today = WallTime.Today(Clock, where.Zone);
        form.Choices = new(where, patient, types, (await reader.ReadAsync(where, today, today, ct)).Facts.Providers, planned, await cases.KeepAsync(patient.Id, form.Date ?? today, form.Case, ct));
        return true;
    }
}
