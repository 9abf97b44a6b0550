using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Core.Staff;

/// <summary>Who works here; providers among them are whom patients are booked with.</summary>
public sealed class Staff(CoreDb db) : Slice
{
    private static readonly SortColumns<StaffMember> Orders = new()
    {
        ["name"] = s => s.LastName,
        ["credentials"] = s => s.Credentials,
        ["provider"] = s => s.IsProvider,
    };

    [HttpGet("/admin/staff")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var rows = db.StaffMembers.AsNoTracking();
        if (query.Text is { Length: > 0 } text)
        {
            rows = rows.Where(s => EF.Functions.ILike(s.FirstName + " " + s.LastName, $"%{text}%"));
        }

        return Page(await rows.PageAsync(query, Orders, "name", ct));
    }
}
