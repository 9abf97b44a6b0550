using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Core.Entities;

/// <summary>One legal entity; a new one when the address has no id.</summary>
public sealed class EditEntity(CoreDb db, CoreChanges changes, Authority authority) : Slice
{
    public sealed class Form : IEditForm<LegalEntity>
    {
        public int Version { get; set; }

        [Required(ErrorMessage = "Give the entity's legal name."), StringLength(120)]
        public string Name { get; set; } = "";

        [RegularExpression("^[0-9]{2}-?[0-9]{7}$", ErrorMessage = "A tax id has nine digits, such as 12-3456789.")]
        public string? TaxId { get; set; }

        public string? Npi { get; set; }

        [StringLength(120)]
        public string? Address { get; set; }

        [StringLength(80)]
        public string? City { get; set; }

        [RegularExpression("^[A-Z]{2}$", ErrorMessage = "Use the two-letter state, such as OH.")]
        public string? State { get; set; }

        [RegularExpression("^[0-9]{5}(-?[0-9]{4})?$", ErrorMessage = "A ZIP code has five or nine digits.")]
        public string? Zip { get; set; }

        [Range(1, 12, ErrorMessage = "Choose a month from the list.")]
        public int FiscalMonth { get; set; } = 1;

        public bool Active { get; set; } = true;

        public void Show(LegalEntity e)
        {
            (Name, Npi, Address, City, State, Zip, FiscalMonth, Active) = (e.Name, e.Npi, e.Address, e.City, e.State, e.Zip, e.FiscalMonth, e.Active);
            TaxId = LegalEntity.Dashed(e.TaxId);
        }

        public void Write(LegalEntity e, Reading read)
        {
            (e.Name, e.Npi, e.Address, e.City, e.State, e.FiscalMonth, e.Active) = (Name.Trim(), Npi, Address, City, State, FiscalMonth, Active);
            (e.TaxId, e.Zip) = (TaxId?.Replace("-", ""), Zip?.Replace("-", ""));
            if (Npi is { Length: > 0 } && !TypedNpi.IsValid(Npi))
            {
                read.Refuse(nameof(Npi), "This NPI fails its check digit; look for a mistyped figure.");
            }

            if (e.Main && !Active)
            {
                read.Refuse(nameof(Active), "This is the practice's main entity. It cannot be closed.");
            }
        }
    }

    [HttpGet("/admin/entities/edit/{id:guid?}")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(Guid? id, CancellationToken ct) =>
        authority.FaultAt(null) is { } fault ? Done("/admin/entities", fault) : await Row.ShowAsync(id, ct);

    [HttpPost("/admin/entities/edit/{id:guid?}")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) =>
        authority.FaultAt(null) is { } fault ? Done("/admin/entities", fault) : await Row.SaveAsync(id, form, ct);

    private Edit<LegalEntity, Form> Row => new(this, db)
    {
        What = "legal entity",
        New = () => new() { Id = Guid.CreateVersion7(), Name = "" },
        Check = CheckAsync,
        Save = (entity, _, _, ct) => changes.SaveAsync(ct, entity),
        Saved = entity => Done("/admin/entities", $"{entity.Name} saved"),
    };

    private async Task CheckAsync(LegalEntity entity, Form form, Reading read, CancellationToken ct)
    {
        if (!entity.Active && (await db.Sites.AnyAsync(s => s.EntityId == entity.Id && s.Active, ct)
            || await db.StaffMembers.AnyAsync(s => s.EntityId == entity.Id && s.Active, ct)
            || await db.CostCentres.AnyAsync(c => c.EntityId == entity.Id && c.Active, ct)))
        {
            read.Refuse(nameof(Form.Active), "Locations, staff or cost centers still belong to this entity. Give them another one first.");
        }
    }
}
