using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>
/// A step of a visit, taken from its row on the day list, from its drawer, or from a page without script. Whoever comes second
/// is told what the visit is now.
/// </summary>
public abstract class VisitStep(SchedulingDb db, VisitDesk desk) : Slice
{
    protected SchedulingDb Db => db;

    /// <param name="version">The visit as the person saw it.</param>
    /// <param name="said">What the person is told.</param>
    protected async Task<IActionResult> TakeAsync(Guid id, int version, WantedStep wanted, Func<Visit, string> said, CancellationToken ct)
    {
        var (fields, refused) = (Fields, false);
        var result = await desk.TakeAsync(
            id, version, wanted, ct, fields is null ? null : async v => !(refused = !await TakeSlotAsync(fields.Slot, v.PatientId, v.Id, ct)));
        if (result.Visit is not { } visit)
        {
            return NotFound();
        }

        if (result.Refusal is { } sentence)
        {
            return refused ? await fields!.Again(visit, ct) : Stepped(visit.DayUrl, sentence, taken: false);
        }

        var undo = wanted.Step is { CanBeTakenBack: true } ? $"/scheduling/appointments/{visit.Id}/undo?version={visit.Version}" : null;
        return await AfterAsync(visit, ct) ?? Stepped(visit.DayUrl, said(visit), undo: undo);
    }

    /// <param name="step">Null to take the last one back.</param>
    /// <param name="take">Takes the step, or says why not.</param>
    /// <param name="message">What others are told: a message or several; null when it concerns nobody else.</param>
    protected Task<IActionResult> TakeAsync(
        Guid id, int version, Step<Visit, VisitStatus>? step, Func<Visit, DateTimeOffset, string?> take, Func<Visit, DateTimeOffset, object>? message,
        Func<Visit, string> said, CancellationToken ct) =>
        TakeAsync(id, version, new(step, take, (visit, now) => All(message?.Invoke(visit, now))), said, ct);

    private static object[] All(object? told) => told switch { null => [], object[] several => several, _ => [told] };

    /// <param name="Slot">The place in the form of this step where other modules have fields.</param>
    /// <param name="Again">The form again, when one of them was refused.</param>
    protected sealed record FieldsOfOthers(string Slot, Func<Visit, CancellationToken, Task<IActionResult>> Again);

    /// <summary>Null when the form of this step has no place for other modules.</summary>
    protected virtual FieldsOfOthers? Fields => null;

    /// <summary>What else a step leads to once it is kept; null for the usual answer.</summary>
    protected virtual Task<IActionResult?> AfterAsync(Visit visit, CancellationToken ct) => Task.FromResult<IActionResult?>(null);
}
