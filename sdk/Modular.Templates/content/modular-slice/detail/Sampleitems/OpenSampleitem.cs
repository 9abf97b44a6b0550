using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Newmodule.Sampleitems;

/// <summary>One of them, and what became of it.</summary>
public sealed class OpenSampleitem(NewmoduleDb db) : Slice
{
    [HttpGet("/newmodule/sampleitems/{id:guid}")]
    [Needs(NewmoduleModule.Read)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) =>
        await db.Set<Sampleitem>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, ct) is { } item ? Page(item) : NotFound();
}
