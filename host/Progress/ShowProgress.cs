using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Progress;

/// <summary>One piece of long work: how far it is, how long it takes, how to stop it.</summary>
[OpenTo(Audience.SignedIn, "Who started the work may watch and stop it; others are told that there is no such work.")]
public sealed class ShowProgress(ProgressFragment progress, ProgressReports reports) : Slice
{
    [HttpGet("/progress/{id:guid}")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) => await progress.FindAsync(id, ct) is { } row ? Page(row) : NotFound();

    [Background]
    [HttpGet("/progress/{id:guid}/part")]
    public async Task<IActionResult> Part(Guid id, CancellationToken ct) => await progress.FindAsync(id, ct) is { } row ? Fragment("_Job", row) : NotFound();

    [HttpPost("/progress/{id:guid}/cancel")]
    public async Task<IActionResult> Cancel(Guid id, CancellationToken ct)
    {
        if (await progress.FindAsync(id, ct) is not { } row)
        {
            return NotFound();
        }

        await reports.CancelAsync(id, ct);
        return Request.WantsFragment() ? Fragment("_Job", row with { CancelAsked = true }) : LocalRedirect($"/progress/{id}");
    }
}
