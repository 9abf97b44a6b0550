using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Panels.Pages;

public sealed class ShowPage(IMarks marks) : Slice
{
    [HttpGet("/panels/pages/{id:guid}")]
    [Needs("panels.page.read")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        ViewData["Marks"] = (await marks.OfAsync("panels.marks", [id, Guid.Empty], ct)).GetValueOrDefault(id);
        return Page(id);
    }
}
