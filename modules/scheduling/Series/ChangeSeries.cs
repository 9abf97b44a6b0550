using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.FreeTime;
using Modular.Sdk;

namespace Modular.Scheduling.Series;

/// <summary>Changes or cancels a series from a date on, or all that is still to come. One alone is moved like any visit.</summary>
public sealed class ChangeSeries(SchedulingDb db, Booking booking, SeriesPlan plan, SeriesBook book, ScheduleReader reader) : Slice
{
    public sealed class Form
    {
        /// <summary>The first occurrence it concerns; null for all.</summary>
        public DateOnly? From { get; set; }

        [Required(ErrorMessage = "At what time?")]
        public TimeOnly? Time { get; set; }
        public Guid? Provider { get; set; }

        /// <summary>Days later or earlier: 1 makes a Tuesday of a Monday.</summary>
        [Range(-31, 31, ErrorMessage = "At most 31 days.")]
        public int Days { get; set; }

        [StringLength(120)]
        public string Why { get; set; } = "Patient asked";
        public bool Told { get; set; } = true;

        [StringLength(200)]
        public string? OverbookReason { get; set; }

        /// <summary>show, move or cancel.</summary>
        public string Do { get; set; } = "show";
        public Dictionary<string, string> Chosen { get; set; } = [];

        [BindNever, ValidateNever]
        public Choices Choices { get; set; } = null!;
    }

    public sealed record Choices(VisitSeries Series, string PatientName, IReadOnlyList<Visit> Concerned, IReadOnlyList<Bookable> Providers, IReadOnlyList<Planned>? Plan);

    [HttpGet("/scheduling/series/change/{id:guid}")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Get([PatientOf<VisitSeries>("series of visits")] Guid id, DateOnly? from, CancellationToken ct)
    {
        var form = new Form { From = from };
        ModelState.Clear();
        if (!await FillAsync(id, form, null, ct))
        {
            return NotFound();
        }

        (form.Time, form.Provider) = (form.Choices.Series.WallTime, form.Choices.Series.ProviderId);
        return Page(form);
    }

    [HttpPost("/scheduling/series/change/{id:guid}")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Post([PatientOf<VisitSeries>("series of visits")] Guid id, Form form, CancellationToken ct)
    {
        if (!await FillAsync(id, form, null, ct) || booking.Place(form.Choices.Series.LocationId) is not { } where)
        {
            return NotFound();
        }

        var (series, concerned) = (form.Choices.Series, form.Choices.Concerned);
        if (!ModelState.IsValid || concerned.Count == 0)
        {
            return Invalid(form);
        }

        if (form.Do == "cancel")
        {
            var canceled = await book.CancelAsync([.. concerned.Select(v => v.Id)], form.Why, form.Told, ct);
            return Done($"/scheduling/series/{id}", $"{Said.Many(canceled, "visit")} canceled");
        }

        var asked = (await plan.AskedAsync(where, series.TypeId, series.PatientId, form.Choices.PatientName, form.Provider ?? series.ProviderId, ct))!;
        var planned = await PlanAsync(form, asked, where, ct);
        if (form.Do == "move" && Ready(form, planned))
        {
            var moves = planned.Select(p => (p, concerned.First(v => v.SeriesOn == p.On).Id)).ToList();
            if (await book.MoveAsync(asked, moves, form.OverbookReason ?? "", form.Why, form.Told, ct) is { } count)
            {
                return Done($"/scheduling/series/{id}", $"{Said.Many(count, "visit")} moved");
            }

            Refuse("", "One of the times was just taken. Nothing was moved; the list shows how it is now.");
            planned = await PlanAsync(form, asked, where, ct);
        }

        await FillAsync(id, form, planned, ct);
        return ModelState.IsValid ? Page(form) : Invalid(form);
    }

    private Task<IReadOnlyList<Planned>> PlanAsync(Form form, Asked asked, Location where, CancellationToken ct)
    {
        var occurrences = form.Choices.Concerned
            .Select(v => (On: v.SeriesOn!.Value, At: Rule.Occurrence(v.SeriesOn.Value.AddDays(form.Days), form.Time!.Value, where.Zone), v.Id))
            .Select(o => (o.On, o.At.Start, o.At.Note, (Guid?)o.Id)).ToList();
        var choices = form.Chosen.Where(c => DateOnly.TryParse(c.Key, out _)).ToDictionary(c => DateOnly.Parse(c.Key, CultureInfo.InvariantCulture), c => c.Value);
        return plan.MakeAsync(asked, occurrences, choices, ct);
    }

    private bool Ready(Form form, IReadOnlyList<Planned> planned)
    {
        if (planned.FirstOrDefault(p => p.Chosen.Length == 0) is { } open)
        {
            Refuse("", $"{open.On:ddd, MMM d} is not decided yet: take another time, book over it, or leave it where it is.");
        }

        if (planned.Any(p => p.Chosen == Choice.Over) && (string.IsNullOrWhiteSpace(form.OverbookReason) || !Actor.Can(SchedulingPermissions.Overbook)))
        {
            Refuse(nameof(form.OverbookReason), "Booking over others needs the permission and a reason.");
        }

        return ModelState.IsValid;
    }

    private async Task<bool> FillAsync(Guid id, Form form, IReadOnlyList<Planned>? planned, CancellationToken ct)
    {
        if (await db.Series.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct) is not { } series || booking.Place(series.LocationId) is not { } where)
        {
            return false;
        }

        var now = Clock.GetUtcNow();
        var concerned = await db.Visits.AsNoTracking()
            .Where(v => v.SeriesId == id && v.Status == VisitStatus.Booked && v.StartsAt > now && (form.From == null || v.SeriesOn >= form.From))
            .OrderBy(v => v.SeriesOn).ToListAsync(ct);
        var today = WallTime.Today(Clock, where.Zone);
        form.Choices = new(series, concerned.FirstOrDefault()?.PatientName ?? "", concerned, (await reader.ReadAsync(where, today, today, ct)).Facts.Providers, planned);
        return true;
    }
}
