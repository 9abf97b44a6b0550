using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Core.Entities;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Core.CostCentres;

/// <summary>One cost center; a new one when the address has no id.</summary>
public sealed class EditCostCentre(CoreDb db, CoreChanges changes, Authority authority) : Slice
{
    public sealed class Form : IEditForm<CostCentre>
    {
        public int Version { get; set; }

        [Required(ErrorMessage = "Give the code, as journals have it."), StringLength(20)]
        public string Code { get; set; } = "";

        [Required(ErrorMessage = "Give the cost center a name."), StringLength(80)]
        public string Name { get; set; } = "";

        /// <summary>Null for all.</summary>
        public Guid? EntityId { get; set; }

        public bool Active { get; set; } = true;

        /// <summary>Empty where there is nothing to choose.</summary>
        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Entities { get; set; } = [];

        public void Show(CostCentre c) => (Code, Name, EntityId, Active) = (c.Code, c.Name, c.EntityId, c.Active);

        public void Write(CostCentre c, Reading read) => (c.Code, c.Name, c.EntityId, c.Active) = (Code.Trim(), Name.Trim(), EntityId, Active);
    }

    [HttpGet("/admin/cost-centres/edit/{id:guid?}")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(Guid? id, CancellationToken ct) =>
        authority.FaultAt(null) is { } fault ? Done("/admin/cost-centres", fault) : await Row.ShowAsync(id, ct);

    [HttpPost("/admin/cost-centres/edit/{id:guid?}")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) =>
        authority.FaultAt(null) is { } fault ? Done("/admin/cost-centres", fault) : await Row.SaveAsync(id, form, ct);

    private Edit<CostCentre, Form> Row => new(this, db)
    {
        What = "cost center",
        New = () => new() { Id = Guid.CreateVersion7(), Code = "", Name = "" },
        Model = async (centre, form, ct) =>
        {
            form.Entities = await EntityChoice.ItemsAsync(db, form.EntityId, "All entities", ct);
            return form;
        },
        Check = async (centre, form, read, ct) =>
        {
            if (centre.EntityId is { } entity && !await db.LegalEntities.AnyAsync(e => e.Id == entity, ct))
            {
                read.Refuse(nameof(Form.EntityId), "Choose an entity from the list.");
            }
        },
        Save = (centre, _, _, ct) => changes.SaveAsync(ct, centre),
        Saved = centre => Done("/admin/cost-centres", $"{centre.Name} saved"),
    };
}
