using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Sdk;
using Npgsql;

namespace Modular.Scheduling.Appointments;

/// <summary>
/// A step of a visit, taken from its row on the day list, from its drawer, or from a page without script. Whoever comes second
/// is told what the visit is now.
/// </summary>
public abstract class VisitStep(SchedulingDb db, IMessageBus bus, ILive live) : Slice
{
    protected SchedulingDb Db => db;

    /// <param name="version">The visit as the person saw it.</param>
    /// <param name="step">Takes the step, or says why not.</param>
    /// <param name="message">What others are told; null when it concerns nobody else.</param>
    /// <param name="said">What the person is told.</param>
    protected async Task<IActionResult> TakeAsync(
        Guid id, int version, Func<Visit, DateTimeOffset, string?> step, Func<Visit, DateTimeOffset, object>? message, Func<Visit, string> said, CancellationToken ct)
    {
        if (await db.Visits.FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return NotFound();
        }

        var now = Clock.GetUtcNow();
        if (visit.Version != version)
        {
            return Answer(visit, Changed(visit), refused: true);
        }

        if (step(visit, now) is { } sentence)
        {
            return Answer(visit, sentence, refused: true);
        }

        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            await db.SaveChangesAsync(ct);
            if (message is not null)
            {
                foreach (var told in message(visit, now) is object[] several ? several : [message(visit, now)])
                {
                    await bus.PublishAsync(told, new(Key: visit.Id.ToString()));
                }
            }

            visit.Tell(live);
            await write.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Answer(visit, Changed(await AgainAsync(id, ct)), refused: true);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation })
        {
            return Answer(await AgainAsync(id, ct), $"{Said.Time(visit.Local)} with {visit.ProviderName} was taken meanwhile. Book another time.", refused: true);
        }

        return await AfterAsync(visit, ct) ?? Answer(visit, said(visit), refused: false);
    }

    /// <summary>What else a step leads to once it is kept; null for the usual answer.</summary>
    protected virtual Task<IActionResult?> AfterAsync(Visit visit, CancellationToken ct) => Task.FromResult<IActionResult?>(null);

    private async Task<Visit> AgainAsync(Guid id, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        return await db.Visits.AsNoTracking().FirstAsync(v => v.Id == id, ct);
    }

    private static string Changed(Visit visit) => $"Somebody changed this visit meanwhile: {visit.PatientName} is {VisitStatus.Words(visit.Status)}. Nothing of yours was saved.";

    private IActionResult Answer(Visit visit, string said, bool refused)
    {
        var undo = refused ? null : $"/scheduling/appointments/{visit.Id}/undo?version={visit.Version}";
        if (!Request.IsHtmx())
        {
            return Done(visit.DayUrl, said, undo);
        }

        Response.Htmx(h =>
        {
            h.Trigger("toast", new { text = said, undo });
            if (!refused)
            {
                h.Trigger("closeDrawer");
            }
        });

        // The list behind follows by its live topic, here as at every other desk.
        return StatusCode(refused ? 409 : 204);
    }
}
