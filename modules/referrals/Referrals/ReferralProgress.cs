using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>When a step is taken, by whom, and by what rules.</summary>
/// <param name="Today">At the referral's location.</param>
public sealed record Moment(DateOnly Today, DateTimeOffset At, string By, ReferralsSettings? Rules = null)
{
    public ReferralsSettings Settings { get; } = Rules ?? new();
}

/// <summary>What each step changes, and what it needs beside the state it begins in.</summary>
public sealed partial class Referral
{
    /// <summary>Nothing is sent before the coverage was checked; an emergency does not wait for a plan.</summary>
    public bool MaySend => Step == Step.Checked || (Step == Step.Written && Urgency == Referrals.Urgency.Emergency);

    /// <param name="owner">Who wrote it looks after it.</param>
    public void Begin(Moment now, Guid? owner = null)
    {
        (OwnerId, Owner) = (owner, owner is null ? null : now.By);
        Settle(now);
        Write($"Written: {Referrals.Urgency.All[Urgency].ToLowerInvariant()}, to {To}", now, "info");
    }

    public string? Check(PlanAnswer answer, string? number, DateOnly? until, int? visits, Moment now) => Go(ReferralSteps.Check, now, () =>
    {
        var given = answer == PlanAnswer.Given;
        if (given && until < now.Today)
        {
            return StepOutcome.Refused($"This authorization ended on {Said.ShortDay(until!.Value)}. Ask the plan for a new one.");
        }

        (Authorization, CheckedOn) = (answer, now.Today);
        (AuthorizationNumber, AuthorizationUntil, AuthorizationVisits) = given ? (number, until, visits) : (null, null, null);
        var holds = $"{(until is { } day ? $" until {Said.ShortDay(day)}" : "")}{(visits is { } n ? $", {Said.Many(n, "visit")}" : "")}";
        return answer switch
        {
            PlanAnswer.None => StepOutcome.Taken("Coverage checked: no authorization needed", "ok"),
            PlanAnswer.Given => StepOutcome.Taken($"Coverage checked: authorization {number}{holds}", "ok"),
            _ => StepOutcome.Taken("Authorization asked for, the plan has not answered", "warn", Step.Written),
        };
    });

    public string? Send(string how, string? to, string what, Guid disclosure, Moment now) => Go(ReferralSteps.Send, now, () =>
    {
        if (!MaySend)
        {
            return StepOutcome.Refused("Check the coverage first; only an emergency is sent before that.");
        }

        (SentOn, SentHow, SentTo, SentWhat, DisclosureId) = (now.Today, how, to, what, disclosure);
        var where = to is null ? "" : how == "fax" ? $" to {TypedPhone.Show(to)}" : $" to {to}";
        return StepOutcome.Taken($"Sent by {Choices.Ways[how].ToLowerInvariant()}{where}: {what}", "info");
    });

    public string? Book(DateOnly on, TimeOnly? at, string? toldHow, Moment now) => Go(ReferralSteps.Book, now, () =>
    {
        if (AuthorizationUntil < on)
        {
            return StepOutcome.Refused(
                $"The plan's authorization ends on {Said.ShortDay(AuthorizationUntil.Value)}, before that day. "
                + "Take an earlier day, or check the coverage again.");
        }

        (AppointmentOn, AppointmentAt, MissedOn) = (on, at, null);
        (ToldOn, ToldHow) = (toldHow is null ? null : now.Today, toldHow);
        var told = toldHow is null ? "; the patient is still to be told" : $"; patient told {Choices.Tellings[toldHow].ToLowerInvariant()}";
        return StepOutcome.Taken($"Appointment on {Said.ShortDay(on)}{(at is { } t ? $", {Said.Time(t)}" : "")}{told}", "info");
    });

    public string? Tell(string how, Moment now) => Go(ReferralSteps.Tell, now, () =>
    {
        if (Told(this) is { } already)
        {
            return StepOutcome.Refused(already);
        }

        (ToldOn, ToldHow) = (now.Today, how);
        return StepOutcome.Taken($"Patient told of the appointment {Choices.Tellings[how].ToLowerInvariant()}", "ok");
    });

    internal static string? Told(Referral r) => r.ToldOn is { } day ? $"The patient was told on {Said.ShortDay(day)}." : null;

    public string? See(DateOnly on, Moment now) => Go(ReferralSteps.See, now, () =>
    {
        if (on > now.Today)
        {
            return StepOutcome.Refused("That day is still to come.");
        }

        SeenOn = on;
        return StepOutcome.Taken($"Seen by the specialist on {Said.ShortDay(on)}", "ok");
    });

    public string? Miss(Moment now) => Go(ReferralSteps.Miss, now, () =>
    {
        if (AppointmentOn > now.Today)
        {
            return StepOutcome.Refused("The appointment is still to come.");
        }

        MissedOn = now.Today;
        return StepOutcome.Taken("The patient did not go to the specialist", "bad");
    });

    public string? Receive(DateOnly on, string summary, Moment now) => Go(ReferralSteps.Receive, now, () =>
    {
        if (on > now.Today)
        {
            return StepOutcome.Refused("That day is still to come.");
        }

        (ReplyOn, Reply) = (on, summary);
        return StepOutcome.Taken("Reply received from the specialist", "ok");
    });

    /// <summary>The paper that came, or the corrected one.</summary>
    public void KeepReply(Guid file) => ReplyFileId = file;

    public string? Close(Moment now) => Go(ReferralSteps.Close, now, () =>
    {
        EndedOn = now.Today;
        return StepOutcome.Taken("Closed: the reply was read", "ok");
    });

    /// <param name="declined">By the specialist; otherwise by us or the patient.</param>
    public string? End(bool declined, string reason, Moment now) => Go(ReferralSteps.End, now, () =>
    {
        if (declined && SentOn is null)
        {
            return StepOutcome.Refused("The specialist has not heard of it yet; cancel it instead.");
        }

        (EndedOn, EndReason) = (now.Today, reason);
        var to = declined ? Step.Declined : Step.Canceled;
        return StepOutcome.Taken($"{(declined ? "Declined by the specialist" : "Canceled")}: {reason}", "bad", to);
    });

    /// <summary>Whoever it is given to looks after it from now on; nobody does when it is given back.</summary>
    public string? Give(WorkOwner? owner, string by, DateTimeOffset now) => ReferralSteps.LookAfter.Take(this, now, by, _ =>
    {
        (OwnerId, Owner) = (owner?.Id, owner?.Name);
        return StepOutcome.Taken(owner is null ? "Given back to the front desk" : owner.Name == by ? $"{by} looks after it" : $"Given to {owner.Name}");
    });

    /// <summary>Takes the last step back, then the one before it, and so on to the first.</summary>
    /// <param name="undone">The disclosure that did not happen after all.</param>
    public string? TakeBack(Moment now, out Guid? undone)
    {
        var disclosed = DisclosureId;
        var refused = ReferralSteps.All.TakeBack(this, now.At, now.By);
        undone = DisclosureId != disclosed ? disclosed : null;
        return refused ?? Settle(now);
    }

    public void Write(string said, Moment now, string tone) => ReferralSteps.All.Note(this, now.At, now.By, said, tone);

    private string? Go(Step<Referral, Step> step, Moment now, Func<StepOutcome> rule) => step.Take(this, now.At, now.By, _ => rule()) ?? Settle(now);

    /// <summary>By when the next step is due follows from the state it is in.</summary>
    private string? Settle(Moment now)
    {
        DueOn = Due(now.Settings);
        Watch(now.Today);
        return null;
    }

    private DateOnly? Due(ReferralsSettings settings) => Step switch
    {
        Step.Written or Step.Checked or Step.Sent => WrittenOn.AddDays(settings.DaysFor(Urgency)),
        Step.Booked => AppointmentOn!.Value.AddDays(1),
        Step.Missed => MissedOn!.Value.AddDays(settings.MissedDays),
        Step.Seen => SeenOn!.Value.AddDays(settings.ReplyDays),
        Step.Replied => ReplyOn!.Value.AddDays(settings.CloseDays),
        _ => null,
    };
}
