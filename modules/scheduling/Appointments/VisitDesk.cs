using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Messages;
using Modular.Sdk;
using Npgsql;

namespace Modular.Scheduling.Appointments;

/// <param name="Step">Null to take the last one back.</param>
/// <param name="Take">Takes the step, or says why not.</param>
/// <param name="Messages">What others are told.</param>
public sealed record WantedStep(
    Step<Visit, VisitStatus>? Step, Func<Visit, DateTimeOffset, string?> Take, Func<Visit, DateTimeOffset, object[]> Messages)
{
    public static WantedStep Arrive(string by) =>
        new(VisitSteps.Arrive, (visit, now) => visit.Arrive(now, by), (visit, now) => [new Arrived(visit.State(), now)]);

    public static WantedStep Confirm(string by) =>
        new(VisitSteps.Confirm, (visit, now) => visit.Confirm(now, by), (visit, now) => [new AppointmentConfirmed(visit.State(), now)]);

    public static WantedStep NoShow(string by) =>
        new(VisitSteps.NoShow, (visit, now) => visit.MarkNoShow(now, by), (visit, now) => [new NoShow(visit.State(), now)]);

    /// <param name="told">False puts "tell the patient" into the inbox.</param>
    public static WantedStep Cancel(string reason, bool told, string by) =>
        new(VisitSteps.Cancel, (visit, now) => visit.Cancel(reason, now, by, told), (visit, _) => [new AppointmentCanceled(visit.State(), reason)]);

    /// <param name="outcome">What the visit was; the name of its type when nothing is said.</param>
    /// <param name="noCharge">Why it is not billed.</param>
    public static WantedStep CheckOut(string? outcome, string? noCharge, string by) => new(
        VisitSteps.CheckOut, (visit, now) => visit.CheckOut(now, by, outcome, noCharge),
        (visit, now) =>
        [
            new CheckedOut(visit.State(), now),
            new VisitCompleted(visit.State(), visit.Day, visit.ArrivedAt!.Value, now, visit.Outcome!, visit.NoCharge),
        ]);
}

/// <param name="Visit">As it is now; null when there is none.</param>
/// <param name="Refusal">Why the step was not taken; null when it was.</param>
/// <param name="Outdated">Somebody changed the visit since it was seen.</param>
public sealed record VisitResult(Visit? Visit, string? Refusal = null, bool Outdated = false);

/// <summary>Takes a step of a visit for whoever asks, a page or a program: its rules, its messages and the live lists in one transaction.</summary>
public sealed class VisitDesk(SchedulingDb db, IMessageBus bus, ILive live, Actor actor, TimeProvider clock)
{
    /// <param name="version">The visit as it was seen.</param>
    /// <param name="also">What else is taken with it, such as the fields of other modules in the form; false refuses the step.</param>
    public async Task<VisitResult> TakeAsync(Guid id, int version, WantedStep wanted, CancellationToken ct, Func<Visit, Task<bool>>? also = null)
    {
        // What is taken back is in its history.
        var visits = wanted.Step is null ? db.Visits.Include(v => v.Changes) : db.Visits.AsQueryable();
        if (await visits.FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return new(null);
        }

        var now = clock.GetUtcNow();
        try
        {
            var result = await VisitSteps.All.TakeAsync(
                db, actor, visit, version, wanted.Step, v => wanted.Take(v, now), ct,
                before: () => AlsoAsync(visit, also), after: () => TellAsync(visit, wanted, now));
            return result.Taken ? new(visit) : new(await AgainAsync(id, ct), result.Refusal, result.Outdated);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation })
        {
            return new(await AgainAsync(id, ct), $"{Said.Time(visit.Local)} with {visit.ProviderName} was taken meanwhile. Book another time.");
        }
    }

    private static async Task AlsoAsync(Visit visit, Func<Visit, Task<bool>>? also)
    {
        if (also is not null && !await also(visit))
        {
            throw new StepRefusedException("What is marked cannot be saved like this. Nothing was saved.");
        }
    }

    private async Task TellAsync(Visit visit, WantedStep wanted, DateTimeOffset now)
    {
        foreach (var told in wanted.Messages(visit, now))
        {
            await bus.PublishAsync(told, new(Key: visit.Id.ToString()));
        }

        visit.Tell(live);
    }

    private async Task<Visit> AgainAsync(Guid id, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        return await db.Visits.AsNoTracking().FirstAsync(v => v.Id == id, ct);
    }
}
