using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Panels.Chores;

/// <summary>The list of a queue, and the page of one row.</summary>
public sealed class ChoreList(PanelsDb db) : Slice
{
    private static readonly ListDefinition<Chore> List = new("panels.chores", "Chores")
    {
        Id = c => c.Id, Order = "due", Queue = Chore.Queue.Lines(),
        Filters = [new("show", "Which chores", new Dictionary<string, string> { [""] = "To do", ["done"] = "Done" },
            (v, _) => c => c.Done == (v == "done"))],
        Columns =
        [
            new("text", "Chore", c => c.Text) { Main = true, Href = c => $"/panels/chores/{c.Id}" },
            new("due", "Due", c => c.DueOn) { Sort = c => c.DueOn },
        ],
    };

    [HttpGet("/panels/chores")]
    [Needs("panels.page.read")]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.Chores.AsNoTracking(), query, ct);

    [HttpGet("/panels/chores/{id:guid}")]
    [Needs("panels.page.read")]
    public async Task<IActionResult> Show(Guid id, CancellationToken ct) =>
        await db.Chores.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct) is { } chore ? View("Chore", chore) : NotFound();

    [HttpPost("/panels/chores/{id:guid}")]
    [Needs("panels.page.read")]
    public async Task<IActionResult> Finish(Guid id, CancellationToken ct)
    {
        if (await db.Chores.FirstOrDefaultAsync(c => c.Id == id, ct) is not { } chore)
        {
            return NotFound();
        }

        chore.Done = true;
        await db.SaveChangesAsync(ct);
        return await DoneNextAsync(Chore.Queue, db, id, "/panels/chores", $"{chore.Text} is done.", ct);
    }

    [HttpPost("/panels/chores/{id:guid}/put-off")]
    [Needs("panels.page.read")]
    public async Task<IActionResult> PutOff(Guid id, int days, CancellationToken ct)
    {
        if (await db.Chores.FirstOrDefaultAsync(c => c.Id == id, ct) is not { } chore)
        {
            return NotFound();
        }

        chore.DueOn = chore.DueOn.AddDays(Math.Clamp(days, 1, 30));
        await db.SaveChangesAsync(ct);
        return Done($"/panels/chores/{id}", $"{chore.Text} was put off.");
    }
}
