using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Approvals;
using Modular.Sdk;

namespace Modular.Host.ApprovalLimits;

/// <summary>Up to which amount a role decides requests of a kind.</summary>
[Needs("core.settings.manage")]
public sealed class ApprovalLimitList(ApprovalsDb db, ApprovalDesk desk) : Slice
{
    public sealed record Row(Guid Id, string Kind, string Role, decimal? UpTo);

    internal static readonly ListDefinition<Row> List = new("core.approval-limits", "Limits of approvals")
    {
        Id = l => l.Id, Order = "kind",
        Columns =
        [
            new("kind", "Request", l => l.Kind) { Sort = l => l.Kind, Main = true, Href = l => $"/admin/approval-limits/edit/{l.Id}", Drawer = true },
            new("role", "Role", l => Roles.Title(l.Role)) { Sort = l => l.Role },
            new("up-to", "Decides up to", l => l.UpTo is { } amount ? Said.Money(amount) : "Any amount") { Sort = l => l.UpTo, Right = true },
        ],
    };

    [HttpGet("/admin/approval-limits")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var kinds = desk.Kinds;
        var limits = await db.Limits.AsNoTracking().ToListAsync(ct);
        var rows = limits.Select(l => new Row(l.Id, kinds.GetValueOrDefault(l.Kind)?.Title ?? l.Kind, l.Role, l.UpTo));
        return await ListAsync(List, rows.AsQueryable(), query, ct);
    }

    [HttpPost("/admin/approval-limits/remove")]
    public async Task<IActionResult> Remove(Guid id, CancellationToken ct)
    {
        if (await db.Limits.FirstOrDefaultAsync(l => l.Id == id, ct) is { } limit)
        {
            db.Remove(limit);
            await db.SaveChangesAsync(ct);
        }

        return Done("/admin/approval-limits", "Limit removed.");
    }
}
