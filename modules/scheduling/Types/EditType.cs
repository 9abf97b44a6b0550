using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Types;

/// <summary>Adds an appointment type or changes one; visits already booked stay as they are.</summary>
public sealed class EditType(SchedulingDb db) : Slice
{
    public sealed class Form : IEditForm<AppointmentType>
    {
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

        public void Show(AppointmentType t)
        {
            (Name, Minutes, Kind, NeedsRoom, PatientOverlap, Active) = (t.Name, t.Minutes, t.Kind, t.NeedsRoom, t.PatientOverlap, t.Active);
            (PrepMinutes, CleanUpMinutes, BookedByRoles, CaseKind) = (t.PrepMinutes, t.CleanUpMinutes, t.BookedByRoles, t.CaseKind);
            (EquipmentKind, Patients, Telehealth, OverbookLimit) = (t.EquipmentKind, t.Patients, t.Telehealth, t.OverbookLimit);
        }

        public void Write(AppointmentType t, Reading read)
        {
            if (!AppointmentType.Kinds.ContainsKey(Kind))
            {
                read.Refuse(nameof(Kind), "Choose a kind from the list.");
            }

            (t.Name, t.Minutes, t.Kind, t.NeedsRoom, t.PatientOverlap, t.Active) = (Name.Trim(), Minutes, Kind, NeedsRoom, PatientOverlap, Active);
            (t.PrepMinutes, t.CleanUpMinutes, t.BookedByRoles) = (PrepMinutes, CleanUpMinutes, [.. BookedByRoles.Intersect(Roles.All)]);
            t.CaseKind = string.IsNullOrEmpty(CaseKind) ? null : CaseKind;
            t.EquipmentKind = string.IsNullOrWhiteSpace(EquipmentKind) ? null : EquipmentKind;
            (t.Patients, t.Telehealth, t.OverbookLimit) = (Patients, Telehealth, OverbookLimit);
        }
    }

    [HttpGet("/scheduling/types/edit/{id:guid?}")]
    [Needs("scheduling.setup.manage")]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/scheduling/types/edit/{id:guid?}")]
    [Needs("scheduling.setup.manage")]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<AppointmentType, Form> Row => new(this, db)
    {
        What = "type",
        New = () => new() { Name = "" },
        Model = async (_, form, ct) =>
        {
            form.EquipmentKinds = await db.Equipment.Where(e => e.Active).Select(e => e.Kind).Distinct().OrderBy(k => k).ToListAsync(ct);
            return form;
        },
        Saved = type => Done("/scheduling/types", $"{type.Name} saved"),
    };
}
