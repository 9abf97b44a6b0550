using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Codes;

/// <summary>How far a load is, and what it did.</summary>
public sealed class LoadResult(BillingDb db) : Slice
{
    [HttpGet("/billing/codes/load/{id:guid}")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) =>
        await db.CodeLoads.AsNoTracking().FirstOrDefaultAsync(l => l.Id == id, ct) is { } load ? Page(load) : NotFound();
}
