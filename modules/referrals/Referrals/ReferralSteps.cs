using System.Text.Json;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>When a step is taken, by whom, and by what rules.</summary>
/// <param name="Today">At the referral's location.</param>
public sealed record Moment(DateOnly Today, DateTimeOffset At, string By, ReferralsSettings? Rules = null)
{
    public ReferralsSettings Settings { get; } = Rules ?? new();
}

/// <summary>The steps. Each says why it cannot be taken, or is taken and written into the history.</summary>
public sealed partial class Referral
{
    /// <summary>Nothing is sent before the coverage was checked; an emergency does not wait for a plan.</summary>
    public bool MaySend => Step == Referrals.Step.Checked || (Step == Referrals.Step.Written && Urgency == Referrals.Urgency.Emergency);

    public void Begin(Moment now)
    {
        DueOn = Due(now.Settings);
        Watch(now.Today);
        Write($"Written: {Referrals.Urgency.All[Urgency].ToLowerInvariant()}, to {To}", now, "info");
    }

    /// <param name="authorization">none, given or waiting; while it waits, the step is not taken.</param>
    public string? Check(string authorization, string? number, DateOnly? until, int? visits, Moment now)
    {
        if (Step is not (Referrals.Step.Written or Referrals.Step.Checked))
        {
            return Past("the coverage");
        }

        if (authorization == "given" && until < now.Today)
        {
            return $"This authorization ended on {Said.ShortDay(until!.Value)}. Ask the plan for a new one.";
        }

        var given = authorization == "given";
        var before = Now();
        (Authorization, CheckedOn) = (authorization, now.Today);
        (AuthorizationNumber, AuthorizationUntil, AuthorizationVisits) = given ? (number, until, visits) : (null, null, null);
        Step = authorization == "waiting" ? Referrals.Step.Written : Referrals.Step.Checked;
        return Go(authorization switch
        {
            "none" => "Coverage checked: no authorization needed",
            "given" => $"Coverage checked: authorization {number}{(until is { } day ? $" until {Said.ShortDay(day)}" : "")}{(visits is { } n ? $", {Said.Many(n, "visit")}" : "")}",
            _ => "Authorization asked for, the plan has not answered",
        }, given || authorization == "none" ? "ok" : "warn", before, now);
    }

    public string? Send(string how, string? to, string what, Guid disclosure, Moment now)
    {
        if (!MaySend)
        {
            return Step == Referrals.Step.Written ? "Check the coverage first; only an emergency is sent before that." : Past("the letter");
        }

        var before = Now();
        (Step, SentOn, SentHow, SentTo, SentWhat, DisclosureId) = (Referrals.Step.Sent, now.Today, how, to, what, disclosure);
        return Go($"Sent by {Choices.Ways[how].ToLowerInvariant()}{(to is null ? "" : how == "fax" ? $" to {TypedPhone.Show(to)}" : $" to {to}")}: {what}", "info", before, now);
    }

    public string? Book(DateOnly on, TimeOnly? at, string? toldHow, Moment now)
    {
        if (Step is not (Referrals.Step.Sent or Referrals.Step.Booked or Referrals.Step.Missed))
        {
            return Step is Referrals.Step.Written or Referrals.Step.Checked ? "Send the letter first." : Past("the appointment");
        }

        if (AuthorizationUntil < on)
        {
            return $"The plan's authorization ends on {Said.ShortDay(AuthorizationUntil.Value)}, before that day. Take an earlier day, or check the coverage again.";
        }

        var before = Now();
        (Step, AppointmentOn, AppointmentAt, MissedOn) = (Referrals.Step.Booked, on, at, null);
        (ToldOn, ToldHow) = (toldHow is null ? null : now.Today, toldHow);
        return Go($"Appointment on {Said.ShortDay(on)}{(at is { } t ? $", {Said.Time(t)}" : "")}{(toldHow is null ? "; the patient is still to be told" : $"; patient told {Choices.Tellings[toldHow].ToLowerInvariant()}")}", "info", before, now);
    }

    public string? Tell(string how, Moment now)
    {
        if (Step != Referrals.Step.Booked || ToldOn is not null)
        {
            return ToldOn is null ? "There is no appointment to tell of." : $"The patient was told on {Said.ShortDay(ToldOn.Value)}.";
        }

        var before = Now();
        (ToldOn, ToldHow) = (now.Today, how);
        return Go($"Patient told of the appointment {Choices.Tellings[how].ToLowerInvariant()}", "ok", before, now);
    }

    public string? See(DateOnly on, Moment now)
    {
        if (Step is not (Referrals.Step.Booked or Referrals.Step.Sent or Referrals.Step.Missed))
        {
            return Step is Referrals.Step.Written or Referrals.Step.Checked ? "Send the letter first." : Past("the visit");
        }

        if (on > now.Today)
        {
            return "That day is still to come.";
        }

        var before = Now();
        (Step, SeenOn) = (Referrals.Step.Seen, on);
        return Go($"Seen by the specialist on {Said.ShortDay(on)}", "ok", before, now);
    }

    public string? Miss(Moment now)
    {
        if (Step != Referrals.Step.Booked || AppointmentOn > now.Today)
        {
            return Step != Referrals.Step.Booked ? "There is no appointment to miss." : "The appointment is still to come.";
        }

        var before = Now();
        (Step, MissedOn) = (Referrals.Step.Missed, now.Today);
        return Go("The patient did not go to the specialist", "bad", before, now);
    }

    public string? Receive(DateOnly on, string summary, Moment now)
    {
        if (Step is Referrals.Step.Written or Referrals.Step.Checked || !IsOpen)
        {
            return IsOpen ? "Send the letter first; nobody replies to what was not sent." : Past("the reply");
        }

        if (on > now.Today)
        {
            return "That day is still to come.";
        }

        var before = Now();
        (Step, ReplyOn, Reply) = (Referrals.Step.Replied, on, summary);
        return Go("Reply received from the specialist", "ok", before, now);
    }

    /// <summary>The paper that came, or the corrected one.</summary>
    public void KeepReply(Guid file) => ReplyFileId = file;

    public string? Close(Moment now)
    {
        if (Step != Referrals.Step.Replied)
        {
            return IsOpen ? "It is closed once the reply is here; without one, cancel it with a reason." : Past("this");
        }

        var before = Now();
        (Step, EndedOn) = (Referrals.Step.Closed, now.Today);
        return Go("Closed: the reply was read", "ok", before, now);
    }

    /// <param name="declined">By the specialist; otherwise by us or the patient.</param>
    public string? End(bool declined, string reason, Moment now)
    {
        if (!IsOpen)
        {
            return Past("this");
        }

        if (declined && SentOn is null)
        {
            return "The specialist has not heard of it yet; cancel it instead.";
        }

        var before = Now();
        (Step, EndedOn, EndReason) = (declined ? Referrals.Step.Declined : Referrals.Step.Canceled, now.Today, reason);
        return Go($"{(declined ? "Declined by the specialist" : "Canceled")}: {reason}", "bad", before, now);
    }

    /// <summary>Takes the last step back, then the one before it, and so on to the first.</summary>
    /// <param name="undone">The disclosure that did not happen after all.</param>
    public string? TakeBack(Moment now, out Guid? undone)
    {
        undone = null;
        if (Changes.Where(c => c.Before is not null).MaxBy(c => (c.At, c.Id)) is not { } last)
        {
            return "There is nothing to take back.";
        }

        var was = JsonSerializer.Deserialize<Standing>(last.Before!)!;
        undone = DisclosureId != was.DisclosureId ? DisclosureId : null;
        Return(was);
        last.Before = null;
        Watch(now.Today);
        Write($"Taken back: {last.Said}"[..Math.Min(12 + last.Said.Length, 400)], now, "");
        return null;
    }

    private DateOnly? Due(ReferralsSettings settings) => Step switch
    {
        Referrals.Step.Written or Referrals.Step.Checked or Referrals.Step.Sent => WrittenOn.AddDays(settings.DaysFor(Urgency)),
        Referrals.Step.Booked => AppointmentOn!.Value.AddDays(1),
        Referrals.Step.Missed => MissedOn!.Value.AddDays(settings.MissedDays),
        Referrals.Step.Seen => SeenOn!.Value.AddDays(settings.ReplyDays),
        Referrals.Step.Replied => ReplyOn!.Value.AddDays(settings.CloseDays),
        _ => null,
    };

    private string? Go(string said, string tone, Standing before, Moment now)
    {
        DueOn = Due(now.Settings);
        Watch(now.Today);
        Write(said, now, tone, before);
        return null;
    }

    public void Write(string said, Moment now, string tone, Standing? before = null) => Changes.Add(new()
    {
        ReferralId = Id, At = now.At, By = now.By, Said = said.Length > 400 ? said[..400] : said, Tone = tone, Before = before is null ? null : JsonSerializer.Serialize(before),
    });

    private string Past(string what) => $"This referral is past that: {what} cannot be changed, it is {Referrals.Step.All[Step].ToLowerInvariant()}.";

    private Standing Now() => new(
        Step, Authorization, AuthorizationNumber, AuthorizationUntil, AuthorizationVisits, CheckedOn, SentOn, SentHow, SentTo, SentWhat, DisclosureId,
        AppointmentOn, AppointmentAt, ToldOn, ToldHow, MissedOn, SeenOn, ReplyOn, Reply, ReplyFileId, EndedOn, EndReason, DueOn);

    private void Return(Standing s)
    {
        (Step, Authorization, AuthorizationNumber, AuthorizationUntil, AuthorizationVisits, CheckedOn) = (s.Step, s.Authorization, s.AuthorizationNumber, s.AuthorizationUntil, s.AuthorizationVisits, s.CheckedOn);
        (SentOn, SentHow, SentTo, SentWhat, DisclosureId) = (s.SentOn, s.SentHow, s.SentTo, s.SentWhat, s.DisclosureId);
        (AppointmentOn, AppointmentAt, ToldOn, ToldHow, MissedOn, SeenOn) = (s.AppointmentOn, s.AppointmentAt, s.ToldOn, s.ToldHow, s.MissedOn, s.SeenOn);
        (ReplyOn, Reply, ReplyFileId, EndedOn, EndReason, DueOn) = (s.ReplyOn, s.Reply, s.ReplyFileId, s.EndedOn, s.EndReason, s.DueOn);
    }
}
