using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Fees;

/// <summary>Adds a fee schedule or changes whose it is and when it holds.</summary>
public sealed class EditSchedule(BillingDb db, IPractice practice) : Slice
{
    public sealed class Form : IEditForm<FeeSchedule>
    {
        public int Version { get; set; }
        public string? Name { get; set; }
        public string? Kind { get; set; }
        public Guid? PayerId { get; set; }
        public Guid? EntityId { get; set; }
        public DateOnly? ValidFrom { get; set; }
        public DateOnly? ValidTo { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Payers { get; set; } = [];

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Entities { get; set; } = [];

        public void Show(FeeSchedule s) => (Name, Kind, PayerId, EntityId, ValidFrom, ValidTo) =
            (s.Name, s.Kind, s.PayerId, s.EntityId, s.ValidFrom, s.ValidTo);

        public void Write(FeeSchedule s, Reading read)
        {
            s.Name = read.Required(nameof(Name), "Name", Name);
            s.Kind = read.OneOf(nameof(Kind), "Kind", Kind, FeeSchedule.Kinds) ?? FeeSchedule.Charge;
            (s.PayerId, s.EntityId, s.ValidTo) = (s.Kind == FeeSchedule.Contract ? PayerId : null, EntityId, ValidTo);
            if (s.Kind == FeeSchedule.Contract && PayerId is null)
            {
                read.Refuse(nameof(PayerId), "Whose contract is it? Choose the payer.");
            }

            if (ValidFrom is { } from)
            {
                s.ValidFrom = from;
            }
            else
            {
                read.Refuse(nameof(ValidFrom), "Type the first day on which these prices hold.");
            }

            if (ValidTo < ValidFrom)
            {
                read.Refuse(nameof(ValidTo), "The last day is before the first.");
            }
        }
    }

    [HttpGet("/billing/fees/edit/{id:guid?}")]
    [Needs(BillingPermissions.Setup)]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/billing/fees/edit/{id:guid?}")]
    [Needs(BillingPermissions.Setup)]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<FeeSchedule, Form> Row => new(this, db)
    {
        What = "fee schedule",
        New = () => new() { Name = "", Kind = FeeSchedule.Charge },
        Blank = () => new() { Kind = FeeSchedule.Charge, ValidFrom = WallTime.Today(Clock, practice.Zone) },
        Model = async (_, form, ct) =>
        {
            form.Payers = [new("None", ""), .. await db.Payers.AsNoTracking().Where(p => p.Active || p.Id == form.PayerId).OrderBy(p => p.Name)
                .Select(p => new SelectListItem(p.Name, p.Id.ToString())).ToListAsync(ct)];
            form.Entities = [new("All entities", ""), .. await db.Entities.AsNoTracking().Where(e => e.Active || e.Id == form.EntityId)
                .OrderBy(e => e.Name).Select(e => new SelectListItem(e.Name, e.Id.ToString())).ToListAsync(ct)];
            return form;
        },
        Saved = schedule => Done($"/billing/fees/{schedule.Id}", $"{schedule.Name} saved."),
    };
}
