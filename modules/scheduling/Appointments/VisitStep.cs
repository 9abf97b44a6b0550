using Htmx;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>
/// A step of a visit, taken from its row on the day list, from its drawer, or from a page without script. Whoever comes second
/// is told what the visit is now.
/// </summary>
public abstract class VisitStep(SchedulingDb db, IMessageBus bus, ILive live) : Slice
{
    protected SchedulingDb Db => db;

    /// <param name="version">The visit as the person saw it.</param>
    /// <param name="said">What the person is told.</param>
    protected async Task<IActionResult> TakeAsync(Guid id, int version, Step step, Func<Visit, string> said, CancellationToken ct)
    {
        var result = await new VisitSteps(db, bus, live, Clock).TakeAsync(id, version, step, ct);
        return result.Visit is not { } visit ? NotFound()
            : result.Refusal is { } sentence ? Answer(visit, sentence, refused: true)
            : await AfterAsync(visit, ct) ?? Answer(visit, said(visit), refused: false);
    }

    /// <param name="step">Takes the step, or says why not.</param>
    /// <param name="message">What others are told: a message or several; null when it concerns nobody else.</param>
    protected Task<IActionResult> TakeAsync(
        Guid id, int version, Func<Visit, DateTimeOffset, string?> step, Func<Visit, DateTimeOffset, object>? message, Func<Visit, string> said, CancellationToken ct) =>
        TakeAsync(id, version, new Step(step, (visit, now) => message is null ? [] : message(visit, now) is var told && told is object[] several ? several : [told]), said, ct);

    /// <summary>What else a step leads to once it is kept; null for the usual answer.</summary>
    protected virtual Task<IActionResult?> AfterAsync(Visit visit, CancellationToken ct) => Task.FromResult<IActionResult?>(null);

    private IActionResult Answer(Visit visit, string said, bool refused)
    {
        var undo = refused ? null : $"/scheduling/appointments/{visit.Id}/undo?version={visit.Version}";
        if (!Request.WantsFragment())
        {
            return Done(visit.DayUrl, said, undo);
        }

        Response.Htmx(h =>
        {
            h.WithTrigger("toast", new { text = said, undo });
            if (!refused)
            {
                h.WithTrigger("closeDrawer");
            }
        });

        // The list behind follows by its live topic, here as at every other desk.
        return StatusCode(refused ? 409 : 204);
    }
}
