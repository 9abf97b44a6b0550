using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Newmodule.Sampleitems;

/// <summary>One of them on paper; with <c>?pdf=1</c> as a PDF.</summary>
public sealed class PrintSampleitem(NewmoduleDb db) : Slice
{
    [HttpGet("/newmodule/sampleitems/print/{id:guid}")]
    [Needs(NewmoduleModule.Read)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) =>
        await db.Set<Sampleitem>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, ct) is { } item ? Page(item) : NotFound();
}
