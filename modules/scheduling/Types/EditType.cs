using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Setup;
using Modular.Sdk;
using Npgsql;

namespace Modular.Scheduling.Types;

/// <summary>Adds an appointment type or changes one; visits already booked stay as they are.</summary>
public sealed class EditType(SchedulingDb db) : Slice
{
    public sealed class Form
    {
        public Guid? Id { get; set; }
        public int Version { get; set; }

        [Required(ErrorMessage = "Give the type a name."), StringLength(60)]
        public string Name { get; set; } = "";

        [Range(5, 720, ErrorMessage = "A visit takes 5 to 720 minutes.")]
        public int Minutes { get; set; } = 20;

        public string Kind { get; set; } = "visit";

        public bool NeedsRoom { get; set; }

        [Range(0, 120, ErrorMessage = "At most 120 minutes.")]
        public int PrepMinutes { get; set; }

        [Range(0, 120, ErrorMessage = "At most 120 minutes.")]
        public int CleanUpMinutes { get; set; }

        [RegularExpression("warn|refuse|allow")]
        public string PatientOverlap { get; set; } = "warn";

        [StringLength(40)]
        public string? EquipmentKind { get; set; }

        [RegularExpression("any|new|established")]
        public string Patients { get; set; } = "any";

        [RegularExpression("workers-comp|auto|liability|other")]
        public string? CaseKind { get; set; }

        public bool Telehealth { get; set; }

        [Range(0, 20, ErrorMessage = "0 to 20 other visits; empty for no limit.")]
        public int? OverbookLimit { get; set; }

        public string[] BookedByRoles { get; set; } = [];

        public bool Active { get; set; } = true;

        /// <summary>Kinds of equipment that the practice has.</summary>
        [BindNever, ValidateNever]
        public IReadOnlyList<string> EquipmentKinds { get; set; } = [];
    }

    [HttpGet("/scheduling/types/edit/{id:guid?}")]
    [Needs(SchedulingPermissions.Setup)]
    public async Task<IActionResult> Get(Guid? id, CancellationToken ct)
    {
        if (id is null)
        {
            return Page(await FillAsync(new Form(), ct));
        }

        return await db.AppointmentTypes.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct) is not { } t ? NotFound() : Page(await FillAsync(new Form
        {
            Id = t.Id, Version = t.Version, Name = t.Name, Minutes = t.Minutes, Kind = t.Kind, NeedsRoom = t.NeedsRoom, PrepMinutes = t.PrepMinutes,
            CleanUpMinutes = t.CleanUpMinutes, PatientOverlap = t.PatientOverlap, BookedByRoles = t.BookedByRoles, Active = t.Active,
            EquipmentKind = t.EquipmentKind, Patients = t.Patients, CaseKind = t.CaseKind, Telehealth = t.Telehealth, OverbookLimit = t.OverbookLimit,
        }, ct));
    }

    [HttpPost("/scheduling/types/edit/{id:guid?}")]
    [Needs(SchedulingPermissions.Setup)]
    public async Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct)
    {
        form.Id = id;
        if (!AppointmentType.Kinds.ContainsKey(form.Kind))
        {
            Refuse(nameof(form.Kind), "Choose a kind from the list.");
        }

        if (!ModelState.IsValid)
        {
            return Invalid(await FillAsync(form, ct));
        }

        var type = id is null ? new AppointmentType { Name = form.Name } : await db.AppointmentTypes.FirstOrDefaultAsync(t => t.Id == id, ct);
        if (type is null)
        {
            return NotFound();
        }

        if (id is not null && type.Version != form.Version)
        {
            Refuse("", $"{await WhoChangedAsync(type.Id, ct)} changed this type while you typed. Open it again to see their version.");
            return Invalid(await FillAsync(form, ct));
        }

        if (id is null)
        {
            db.Add(type);
        }

        Take(type, form);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            Refuse(nameof(form.Name), $"There is a type “{form.Name.Trim()}” already.");
            return Invalid(await FillAsync(form, ct));
        }

        return Done("/scheduling/types", $"{type.Name} saved");
    }

    private static void Take(AppointmentType type, Form form)
    {
        (type.Name, type.Minutes, type.Kind, type.NeedsRoom, type.PatientOverlap, type.Active) = (form.Name.Trim(), form.Minutes, form.Kind, form.NeedsRoom, form.PatientOverlap, form.Active);
        (type.PrepMinutes, type.CleanUpMinutes, type.BookedByRoles) = (form.PrepMinutes, form.CleanUpMinutes, [.. form.BookedByRoles.Intersect(Roles.All)]);
        type.CaseKind = string.IsNullOrEmpty(form.CaseKind) ? null : form.CaseKind;
        (type.EquipmentKind, type.Patients, type.Telehealth, type.OverbookLimit) =
            (string.IsNullOrWhiteSpace(form.EquipmentKind) ? null : form.EquipmentKind, form.Patients, form.Telehealth, form.OverbookLimit);
    }

    private async Task<Form> FillAsync(Form form, CancellationToken ct)
    {
        form.EquipmentKinds = await db.Equipment.Where(e => e.Active).Select(e => e.Kind).Distinct().OrderBy(k => k).ToListAsync(ct);
        return form;
    }
}
