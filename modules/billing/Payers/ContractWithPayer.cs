using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Payers;

/// <summary>Adds a contract with a payer or changes one.</summary>
public sealed class ContractWithPayer(BillingDb db, IPractice practice) : Slice
{
    public sealed class Form : IEditForm<PayerContract>
    {
        public int Version { get; set; }
        public Guid? PayerId { get; set; }
        public Guid? EntityId { get; set; }
        public string? Products { get; set; }
        public DateOnly? StartsOn { get; set; }
        public DateOnly? EndsOn { get; set; }
        public bool Renews { get; set; }
        public int? NoticeDays { get; set; }
        public string? Representative { get; set; }
        public string? Phone { get; set; }
        public string? Email { get; set; }
        public string? Note { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Payers { get; set; } = [];

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Entities { get; set; } = [];

        public void Show(PayerContract c)
        {
            (PayerId, EntityId, Products, StartsOn, EndsOn, Renews, NoticeDays) =
                (c.PayerId, c.EntityId, c.Products, c.StartsOn, c.EndsOn, c.Renews, c.NoticeDays);
            (Representative, Phone, Email, Note) = (c.Representative, TypedPhone.Show(c.Phone), c.Email, c.Note);
        }

        public void Write(PayerContract c, Reading read)
        {
            (c.EntityId, c.Products) = (EntityId, read.Required(nameof(Products), "Products", Products, 300));
            (c.EndsOn, c.Renews, c.NoticeDays) = (EndsOn, Renews, NoticeDays);
            (c.Representative, c.Phone, c.Email) = (read.Text(nameof(Representative), "Representative", Representative),
                read.Phone(nameof(Phone), Phone), read.Email(nameof(Email), Email));
            c.Note = read.Text(nameof(Note), "Note", Note, 500);
            if (PayerId is { } payer)
            {
                c.PayerId = payer;
            }
            else
            {
                read.Refuse(nameof(PayerId), "Choose the payer.");
            }

            if (StartsOn is { } from)
            {
                c.StartsOn = from;
            }
            else
            {
                read.Refuse(nameof(StartsOn), "Type the first day of the contract.");
            }

            if (EndsOn < StartsOn)
            {
                read.Refuse(nameof(EndsOn), "The last day is before the first.");
            }

            if (NoticeDays is < 1 or > 730)
            {
                read.Refuse(nameof(NoticeDays), "1 to 730 days.");
            }

            c.NoticeDue = c.AlarmOn(read.Today);
        }
    }

    [HttpGet("/billing/payers/contract/{id:guid?}")]
    [Needs(BillingPermissions.Setup)]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/billing/payers/contract/{id:guid?}")]
    [Needs(BillingPermissions.Setup)]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<PayerContract, Form> Row => new(this, db)
    {
        What = "contract",
        New = () => new(),
        Blank = () => new() { StartsOn = WallTime.Today(Clock, practice.Zone) },
        Check = async (contract, _, read, ct) =>
        {
            if (!await db.Payers.AnyAsync(p => p.Id == contract.PayerId, ct))
            {
                read.Refuse(nameof(Form.PayerId), "Choose a payer from the list.");
            }
        },
        Model = async (_, form, ct) =>
        {
            form.Payers = [new("Choose", ""), .. await db.Payers.AsNoTracking().Where(p => p.Active || p.Id == form.PayerId).OrderBy(p => p.Name)
                .Select(p => new SelectListItem(p.Name, p.Id.ToString())).ToListAsync(ct)];
            form.Entities = [new("All entities", ""), .. await db.Entities.AsNoTracking().Where(e => e.Active || e.Id == form.EntityId)
                .OrderBy(e => e.Name).Select(e => new SelectListItem(e.Name, e.Id.ToString())).ToListAsync(ct)];
            return form;
        },
        Saved = _ => Done("/billing/payers/contracts", "Contract saved."),
    };
}
