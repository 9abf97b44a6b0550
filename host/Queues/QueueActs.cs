using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Queues;

/// <summary>What people do with the rows of any work queue: take, give, give back, open the next.</summary>
[OpenTo(Audience.SignedIn, "Each work queue asks for the permission it declared.")]
public sealed class QueueActs(QueueDesk desk) : Slice
{
    [HttpPost("/queues/{name}/take")]
    public Task<IActionResult> Take(string name, Guid[] id, string? back, CancellationToken ct) =>
        GiveAsync(name, id, back, new(Actor.PersonId!.Value, Actor.Name, Actor.Locations), take: true, "Taken", ct);

    [HttpPost("/queues/{name}/give-back")]
    public Task<IActionResult> GiveBack(string name, Guid[] id, string? back, CancellationToken ct) =>
        GiveAsync(name, id, back, null, take: false, "Given back to the team", ct);

    /// <param name="to">The person it is given to.</param>
    [HttpPost("/queues/{name}/assign")]
    public async Task<IActionResult> Assign(string name, Guid[] id, Guid? to, string? back, CancellationToken ct)
    {
        if (desk.Find(name) is not { } queue)
        {
            return NotFound();
        }

        return await desk.OwnerAsync(queue, to, ct) is { } owner
            ? await GiveAsync(name, id, back, owner, take: false, $"Assigned to {owner.Name}", ct)
            : Done(Way(queue, back), "Choose somebody who works on this list.");
    }

    /// <param name="id">The row they come from.</param>
    [HttpPost("/queues/{name}/next")]
    public async Task<IActionResult> Next(string name, Guid? id, CancellationToken ct)
    {
        if (desk.Find(name) is not { } queue)
        {
            return NotFound();
        }

        return await desk.NextAsync(queue, id, ct) is { } next ? LocalRedirect(next)
            : Done(queue.Path, $"No other {queue.Noun} waits for you or your team here.");
    }

    private async Task<IActionResult> GiveAsync(
        string name, Guid[] rows, string? back, WorkOwner? owner, bool take, string done, CancellationToken ct)
    {
        if (desk.Find(name) is not { } queue)
        {
            return NotFound();
        }

        Guid[] some = [.. rows.Distinct().Take(ListQuery.PageSize)];
        if (some.Length == 0)
        {
            return Done(Way(queue, back), $"Choose a {queue.Noun} first.");
        }

        var outcome = await desk.AssignAsync(queue, some, owner, take, ct);
        var said = outcome.Changed == 0 ? "" : some.Length == 1 ? $"{done}." : $"{done}: {Said.Many(outcome.Changed, queue.Noun)}.";
        return Done(Way(queue, back), $"{said} {outcome.Refusal}".Trim());
    }

    /// <summary>Back to the list as it was or to the row's page; never out of this practice.</summary>
    private string Way(WorkQueue queue, string? back) => Url.IsLocalUrl(back) ? back! : queue.Path;
}
