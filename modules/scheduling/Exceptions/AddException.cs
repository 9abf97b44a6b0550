using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Setup;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Scheduling.Exceptions;

/// <summary>Adds leave, a closure, extra hours, blocked time or time held for a type. Visits already booked then stay, and are counted to the person.</summary>
public sealed class AddException(SchedulingDb db, ChosenLocation chosen) : Slice
{
    public sealed class Form
    {
        [RegularExpression("leave|closure|extra-hours|blocked|held")]
        public string Kind { get; set; } = ScheduleException.Leave;
        public Guid? Provider { get; set; }
        public Guid? Location { get; set; }

        [Required(ErrorMessage = "From which day?")]
        public DateOnly? From { get; set; }

        public DateOnly? To { get; set; }
        public TimeOnly? Opens { get; set; }
        public TimeOnly? Closes { get; set; }

        /// <summary>Only on these days of the week; none is every day.</summary>
        public int[] Weekdays { get; set; } = [];

        /// <summary>Held time: for this type …</summary>
        public Guid? Type { get; set; }

        /// <summary>… until so many hours before.</summary>
        [Range(0, 720, ErrorMessage = "0 to 720 hours.")]
        public int? ReleaseHours { get; set; }

        [Required(ErrorMessage = "Say why; people who book read it."), StringLength(200)]
        public string? Reason { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyList<KnownStaffMember> Providers { get; set; } = [];

        [BindNever, ValidateNever]
        public IReadOnlyList<Location> Locations { get; set; } = [];

        [BindNever, ValidateNever]
        public IReadOnlyList<AppointmentType> Types { get; set; } = [];
    }

    [HttpGet("/scheduling/exceptions/add")]
    [Needs(SchedulingPermissions.Setup)]
    public async Task<IActionResult> Get(CancellationToken ct) => Page(await FillAsync(new Form { Location = chosen.Location?.Id }, ct));

    [HttpPost("/scheduling/exceptions/add")]
    [Needs(SchedulingPermissions.Setup)]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        await FillAsync(form, ct);
        Check(form);
        if (!ModelState.IsValid)
        {
            return Invalid(form);
        }

        var entry = Made(form);
        db.Add(entry);
        await db.SaveChangesAsync(ct);
        var booked = entry.Kind is ScheduleException.ExtraHours or ScheduleException.Held ? 0 : await BookedAsync(entry, ct);
        return Done("/scheduling/exceptions", $"{ScheduleExceptions.Words(entry.Kind)} added{(booked == 0 ? "" : $". {Said.Many(booked, "visit is", "visits are")} booked then: cancel or move them")}");
    }

    private static ScheduleException Made(Form form)
    {
        var (closure, held) = (form.Kind == ScheduleException.Closure, form.Kind == ScheduleException.Held);
        return new()
        {
            Kind = form.Kind,
            ProviderId = closure ? null : form.Provider,
            LocationId = closure || form.Kind is ScheduleException.ExtraHours or ScheduleException.Held ? form.Location : null,
            FromDate = form.From!.Value,
            ToDate = form.To ?? form.From.Value,
            Opens = form.Opens,
            Closes = form.Closes,
            Weekdays = form.Weekdays.Length == 0 ? null : [.. form.Weekdays.Where(d => d is >= 0 and <= 6).Distinct().Order()],
            TypeId = held ? form.Type : null,
            ReleaseHours = held ? form.ReleaseHours : null,
            Reason = form.Reason!.Trim(),
        };
    }

    private void Check(Form form)
    {
        if (form.Kind == ScheduleException.Closure ? form.Locations.All(l => l.Id != form.Location) : form.Providers.All(p => p.Id != form.Provider))
        {
            Refuse(form.Kind == ScheduleException.Closure ? nameof(form.Location) : nameof(form.Provider), "Choose from the list.");
        }

        if (form.Kind == ScheduleException.Held && form.Types.All(t => t.Id != form.Type))
        {
            Refuse(nameof(form.Type), "For which type is it held?");
        }

        if (form.Kind is ScheduleException.ExtraHours or ScheduleException.Held && form.Locations.All(l => l.Id != form.Location))
        {
            Refuse(nameof(form.Location), "Choose where.");
        }

        if (form.To < form.From)
        {
            Refuse(nameof(form.To), "The last day is before the first.");
        }

        if (form.Opens is null != form.Closes is null || (form.Opens is null && form.Kind is ScheduleException.ExtraHours or ScheduleException.Blocked or ScheduleException.Held))
        {
            Refuse(nameof(form.Opens), "Give both times.");
        }
        else if (form.Opens >= form.Closes)
        {
            Refuse(nameof(form.Closes), "“To” comes after “from”.");
        }
    }

    private async Task<int> BookedAsync(ScheduleException entry, CancellationToken ct)
    {
        var zone = chosen.Choices.FirstOrDefault(l => l.Id == entry.LocationId)?.Zone ?? chosen.Location?.Zone ?? "UTC";
        var from = entry.Opens is { } opens ? WallTime.Instant(entry.FromDate, opens, zone) : WallTime.Day(entry.FromDate, zone).From;
        var to = entry.Closes is { } closes ? WallTime.Instant(entry.ToDate, closes, zone) : WallTime.Day(entry.ToDate, zone).To;
        var booked = await db.Visits.WithShut().Where(
            v => v.Status == VisitStatus.Booked && v.StartsAt < to && v.EndsAt > from
                && (entry.ProviderId == null || v.ProviderId == entry.ProviderId) && (entry.LocationId == null || v.LocationId == entry.LocationId)).ToListAsync(ct);
        return booked.Count(v => entry.On(v.Day) && (entry.Opens is null || (TimeOnly.FromDateTime(v.Local.DateTime) < entry.Closes && TimeOnly.FromDateTime(v.Local.AddMinutes(v.Minutes).DateTime) > entry.Opens)));
    }

    private async Task<Form> FillAsync(Form form, CancellationToken ct)
    {
        form.Providers = await db.Providers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).ToListAsync(ct);
        form.Locations = chosen.Choices;
        form.Types = await db.AppointmentTypes.AsNoTracking().Where(t => t.Active).OrderBy(t => t.Name).ToListAsync(ct);
        return form;
    }
}
