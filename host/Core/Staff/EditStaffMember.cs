using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Core.Staff;

/// <summary>One member of staff; a new one when the address has no id.</summary>
public sealed class EditStaffMember(CoreDb db, CoreChanges changes) : Slice
{
    public sealed class Form
    {
        public Guid? Id { get; set; }
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
    }

    [HttpGet("/admin/staff/edit/{id:guid?}")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(Guid? id, CancellationToken ct)
    {
        if (id is null)
        {
            return Page(new Form());
        }

        return await db.StaffMembers.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is { } s
            ? Page(new Form
            {
                Id = s.Id, Version = s.Version, FirstName = s.FirstName, LastName = s.LastName, Credentials = s.Credentials,
                Npi = s.Npi, Email = s.Email, IsProvider = s.IsProvider, Active = s.Active,
            })
            : NotFound();
    }

    [HttpPost("/admin/staff/edit/{id:guid?}")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct)
    {
        if (form.Npi is { Length: > 0 } && !TypedNpi.IsValid(form.Npi))
        {
            Refuse(nameof(Form.Npi), "This NPI fails its check digit; look for a mistyped figure.");
        }

        if (!ModelState.IsValid)
        {
            return Invalid(form);
        }

        var staff = id is null ? new StaffMember { Id = Guid.CreateVersion7(), LastName = form.LastName } : await db.StaffMembers.SingleOrDefaultAsync(s => s.Id == id, ct);
        if (staff is null)
        {
            return NotFound();
        }

        if (id is null)
        {
            db.Add(staff);
        }
        else if (staff.Version != form.Version)
        {
            Refuse("", $"{await WhoChangedAsync(staff.Id, ct)} changed this person while you typed. Open the page again to see their version; nothing of yours was saved.");
            return Invalid(form);
        }

        await using var write = await db.BeginWriteAsync(ct);
        (staff.FirstName, staff.LastName, staff.Credentials, staff.Npi, staff.Email, staff.IsProvider, staff.Active) =
            ((form.FirstName ?? "").Trim(), form.LastName.Trim(), (form.Credentials ?? "").Trim(), form.Npi, form.Email, form.IsProvider, form.Active);
        await changes.CommitAsync(write, ct, staff);
        return Done("/admin/staff", $"{staff.DisplayName} saved");
    }
}
