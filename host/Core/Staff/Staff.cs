using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Core.Staff;

/// <summary>Who works here; providers among them are whom patients are booked with.</summary>
public sealed class Staff(CoreDb db) : Slice
{
    internal static readonly ListDefinition<StaffMember> List = new("core.staff", "Staff")
    {
        Id = s => s.Id, Order = "name", Search = new("Name", s => s.FirstName + " " + s.LastName),
        Columns =
        [
            new("name", "Name", s => s.DisplayName) { Sort = s => s.LastName, Main = true, Href = s => $"/admin/staff/edit/{s.Id}" },
            new("credentials", "Letters", s => s.Credentials) { Sort = s => s.Credentials },
            new("npi", "NPI", s => s.Npi) { Class = "num" },
            new("provider", "Books patients", s => s.IsProvider) { Sort = s => s.IsProvider },
            new("state", "State", s => s.Active ? "Works here" : "Left"),
        ],
    };

    [HttpGet("/admin/staff")]
    [Needs("core.practice.manage")]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.StaffMembers.AsNoTracking(), query, ct);
}
