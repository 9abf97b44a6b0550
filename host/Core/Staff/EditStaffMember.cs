using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Core.Entities;
using Modular.Sdk;

namespace Modular.Host.Core.Staff;

/// <summary>One member of staff; a new one when the address has no id.</summary>
public sealed class EditStaffMember(CoreDb db, CoreChanges changes) : Slice
{
    public sealed class Form : IEditForm<StaffMember>
    {
        public int Version { get; set; }

        [StringLength(80)]
        public string? FirstName { get; set; }

        [Required(ErrorMessage = "Give the last name."), StringLength(80)]
        public string LastName { get; set; } = "";

        [StringLength(40)]
        public string? Credentials { get; set; }

        public string? Npi { get; set; }

        [EmailAddress(ErrorMessage = "This is no e-mail address."), StringLength(200)]
        public string? Email { get; set; }

        public bool IsProvider { get; set; }
        public bool Active { get; set; } = true;

        /// <summary>Left out where there is one entity.</summary>
        public Guid? EntityId { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Entities { get; set; } = [];

        public void Show(StaffMember s) => (FirstName, LastName, Credentials, Npi, Email, IsProvider, Active, EntityId) =
            (s.FirstName, s.LastName, s.Credentials, s.Npi, s.Email, s.IsProvider, s.Active, s.EntityId);

        public void Write(StaffMember s, Reading read)
        {
            (s.FirstName, s.LastName, s.Credentials, s.Npi, s.Email, s.IsProvider, s.Active) =
                ((FirstName ?? "").Trim(), LastName.Trim(), (Credentials ?? "").Trim(), Npi, Email, IsProvider, Active);
            if (Npi is { Length: > 0 } && !TypedNpi.IsValid(Npi))
            {
                read.Refuse(nameof(Npi), "This NPI fails its check digit; look for a mistyped figure.");
            }
        }
    }

    [HttpGet("/admin/staff/edit/{id:guid?}")]
    [Needs("core.practice.manage")]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/admin/staff/edit/{id:guid?}")]
    [Needs("core.practice.manage")]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<StaffMember, Form> Row => new(this, db)
    {
        What = "person",
        New = () => new() { Id = Guid.CreateVersion7(), LastName = "" },
        Model = async (_, form, ct) =>
        {
            form.Entities = await EntityChoice.ItemsAsync(db, form.EntityId, null, ct);
            return form;
        },
        Check = async (staff, form, read, ct) => staff.EntityId = await EntityChoice.ChosenAsync(db, form.EntityId, staff.EntityId, read, ct),
        Save = (staff, _, _, ct) => changes.SaveAsync(ct, staff),
        Saved = staff => Done("/admin/staff", $"{staff.DisplayName} saved"),
    };
}
