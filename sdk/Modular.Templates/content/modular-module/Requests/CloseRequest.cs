using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Newmodule.Requests;

/// <summary>Marks a request as done.</summary>
public sealed class CloseRequest(NewmoduleDb db, IMessageBus bus, IPractice practice) : Slice
{
    [HttpPost("/newmodule/requests/close/{id:guid}")]
    [Needs(NewmoduleModule.Edit)]
    public async Task<IActionResult> Post(Guid id, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        if (await db.Requests.FirstOrDefaultAsync(r => r.Id == id, ct) is not { } request)
        {
            return NotFound(); // unknown, or at a location where this person does not work: the same answer
        }

        if (request.DoneOn is null)
        {
            request.Finish(practice.Today(Clock, request.LocationId));
            await db.SaveChangesAsync(ct);
            await bus.PublishAsync(request.State(), new(Key: request.Id.ToString()));
        }

        await write.CommitAsync(ct);
        return Done("/newmodule", $"{request.Title} is done.");
    }
}
