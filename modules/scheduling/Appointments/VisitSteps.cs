using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Messages;
using Modular.Sdk;
using Npgsql;

namespace Modular.Scheduling.Appointments;

/// <param name="Take">Takes the step, or says why not.</param>
/// <param name="Messages">What others are told.</param>
public sealed record Step(Func<Visit, DateTimeOffset, string?> Take, Func<Visit, DateTimeOffset, object[]> Messages)
{
    public static Step Arrive(string by) => new((visit, now) => visit.Arrive(now, by), (visit, now) => [new Arrived(visit.State(), now)]);

    public static Step Confirm(string by) => new((visit, now) => visit.Confirm(now, by), (visit, now) => [new AppointmentConfirmed(visit.State(), now)]);

    public static Step NoShow(string by) => new((visit, now) => visit.MarkNoShow(now, by), (visit, now) => [new NoShow(visit.State(), now)]);

    /// <param name="told">False puts "tell the patient" into the inbox.</param>
    public static Step Cancel(string reason, bool told, string by) => new(
        (visit, now) =>
        {
            visit.TellPatient = !told;
            return visit.Cancel(reason, now, by);
        },
        (visit, _) => [new AppointmentCanceled(visit.State(), reason)]);

    /// <param name="outcome">What the visit was; the name of its type when nothing is said.</param>
    /// <param name="noCharge">Why it is not billed.</param>
    public static Step CheckOut(string? outcome, string? noCharge, string by) => new(
        (visit, now) =>
        {
            (visit.Outcome, visit.NoCharge) = (Trimmed(outcome) ?? visit.TypeName, Trimmed(noCharge));
            return visit.CheckOut(now, by);
        },
        (visit, now) =>
            [new CheckedOut(visit.State(), now), new VisitCompleted(visit.State(), visit.Day, visit.ArrivedAt!.Value, now, visit.Outcome!, visit.NoCharge)]);

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <param name="Visit">As it is now; null when there is none.</param>
/// <param name="Refusal">Why the step was not taken; null when it was.</param>
/// <param name="Outdated">Somebody changed the visit since it was seen.</param>
public sealed record StepResult(Visit? Visit, string? Refusal = null, bool Outdated = false);

/// <summary>Takes a step of a visit for whoever asks, a page or a program: its rules, its messages and the live lists in one transaction.</summary>
public sealed class VisitSteps(SchedulingDb db, IMessageBus bus, ILive live, TimeProvider clock)
{
    /// <param name="version">The visit as it was seen.</param>
    public async Task<StepResult> TakeAsync(Guid id, int version, Step step, CancellationToken ct)
    {
        if (await db.Visits.FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return new(null);
        }

        var now = clock.GetUtcNow();
        if (visit.Version != version)
        {
            return Changed(visit);
        }

        if (step.Take(visit, now) is { } sentence)
        {
            // What the step wrote before it refused is not kept.
            return new(await AgainAsync(id, ct), sentence);
        }

        try
        {
            await SaveAsync(visit, step, now, ct);
            return new(visit);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Changed(await AgainAsync(id, ct));
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation })
        {
            return new(await AgainAsync(id, ct), $"{Said.Time(visit.Local)} with {visit.ProviderName} was taken meanwhile. Book another time.");
        }
    }

    private async Task SaveAsync(Visit visit, Step step, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await db.SaveChangesAsync(ct);
        foreach (var told in step.Messages(visit, now))
        {
            await bus.PublishAsync(told, new(Key: visit.Id.ToString()));
        }

        visit.Tell(live);
        await write.CommitAsync(ct);
    }

    private async Task<Visit> AgainAsync(Guid id, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        return await db.Visits.AsNoTracking().FirstAsync(v => v.Id == id, ct);
    }

    private static StepResult Changed(Visit visit) =>
        new(visit, $"Somebody changed this visit meanwhile: {visit.PatientName} is {VisitStatus.Words(visit.Status)}. Nothing of yours was saved.", Outdated: true);
}
