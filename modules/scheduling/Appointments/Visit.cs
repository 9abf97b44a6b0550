using Modular.Scheduling.Messages;
using Modular.Scheduling.FreeTime;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>A patient's time with a provider, from booking to check-out. Each step says why it cannot be taken.</summary>
public sealed partial class Visit : IVersioned, IAtLocation, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid PatientId { get; init; }
    public required Guid ProviderId { get; set; }
    public Guid? RoomId { get; set; }
    public Guid? EquipmentId { get; set; }
    public required Guid LocationId { get; set; }
    public required Guid TypeId { get; init; }
    public required string PatientName { get; init; }
    public required string ProviderName { get; set; }
    public required string TypeName { get; init; }
    public required string Kind { get; init; }

    /// <summary>By video, as its type was when it was booked.</summary>
    public bool Telehealth { get; init; }

    public required string Zone { get; set; }
    public required DateTimeOffset StartsAt { get; set; }
    public required DateTimeOffset EndsAt { get; set; }
    public required DateTimeOffset HeldFrom { get; set; }
    public required DateTimeOffset HeldTo { get; set; }
    public VisitStatus Status { get; private set; }
    public string? Reason { get; private set; }
    public string? Note { get; init; }
    public bool Overbooked { get; set; }
    public string? OverbookReason { get; set; }

    /// <summary>Its day ended without check-out, no-show or cancellation; somebody has to say what happened.</summary>
    public bool LeftOpen { get; set; }

    /// <summary>The same key posted again is the same visit: a double click books once.</summary>
    public required Guid BookingKey { get; init; }

    public required DateTimeOffset BookedAt { get; init; }
    public required string BookedBy { get; init; }
    public DateTimeOffset? ArrivedAt { get; private set; }
    public string? ArrivedBy { get; private set; }
    public DateTimeOffset? CheckedOutAt { get; private set; }
    public string? CheckedOutBy { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public string? EndedBy { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }
    public string? ConfirmedBy { get; private set; }

    /// <summary>Moved or canceled, and the patient does not know yet.</summary>
    public bool TellPatient { get; set; }

    /// <summary>The series it is an occurrence of, and the date the rule gave it.</summary>
    public Guid? SeriesId { get; set; }
    public DateOnly? SeriesOn { get; set; }

    /// <summary>The accident or injury it is for, with a payer of its own; null for the health plan's.</summary>
    public Guid? CaseId { get; set; }

    /// <summary>What happened to it.</summary>
    public List<StepLine<Visit>> Changes { get; } = [];

    /// <summary>In the place of a name, where a chart is shut to whoever looks.</summary>
    public const string Restricted = "Restricted";

    Guid? IOfPatient.PatientId => PatientId;

    public DateTimeOffset Local => WallTime.At(StartsAt, Zone);

    public DateOnly Day => DateOnly.FromDateTime(Local.DateTime);

    public int Minutes => (int)(EndsAt - StartsAt).TotalMinutes;

    /// <param name="confirmed">What was gone through with the patient at the desk.</param>
    public string? Arrive(DateTimeOffset now, string by, string[]? confirmed = null) => VisitSteps.Arrive.Take(this, now, by, _ =>
    {
        // A visit left open may turn out to have taken place.
        if (DateOnly.FromDateTime(WallTime.At(now, Zone).DateTime) != Day && !LeftOpen)
        {
            return StepOutcome.Refused($"This visit is on {Local:dddd, MMMM d}: only a patient of today can arrive.");
        }

        (ArrivedAt, ArrivedBy, Checked) = (now, by, confirmed ?? []);
        return StepOutcome.Taken("Arrived", "ok");
    });

    /// <param name="outcome">What the visit was; the name of its type when nothing is said.</param>
    /// <param name="noCharge">Why it is not billed.</param>
    public string? CheckOut(DateTimeOffset now, string by, string? outcome = null, string? noCharge = null) =>
        VisitSteps.CheckOut.Take(this, now, by, _ =>
        {
            (CheckedOutAt, CheckedOutBy, LeftOpen) = (now, by, false);
            (Outcome, NoCharge) = (Trimmed(outcome) ?? TypeName, Trimmed(noCharge));
            return StepOutcome.Taken("Checked out");
        });

    public string? MarkNoShow(DateTimeOffset now, string by) => VisitSteps.NoShow.Take(this, now, by, _ =>
    {
        if (now < StartsAt)
        {
            return StepOutcome.Refused($"The visit begins at {Said.Time(Local)}: until then {PatientName} may still come.");
        }

        (EndedAt, EndedBy, LeftOpen) = (now, by, false);
        return StepOutcome.Taken("Did not come", "bad");
    });

    /// <param name="told">False: somebody still has to tell the patient.</param>
    public string? Cancel(string reason, DateTimeOffset now, string by, bool told = true) => VisitSteps.Cancel.Take(this, now, by, _ =>
    {
        (Reason, EndedAt, EndedBy, LeftOpen, TellPatient) = (reason, now, by, false, !told);
        return StepOutcome.Taken($"Canceled: {reason}", "bad");
    });

    public string? Confirm(DateTimeOffset now, string by) => VisitSteps.Confirm.Take(this, now, by, _ =>
    {
        if (ConfirmedAt is not null)
        {
            return StepOutcome.Refused($"{PatientName} is already confirmed.");
        }

        (ConfirmedAt, ConfirmedBy) = (now, by);
        return StepOutcome.Taken("Patient confirmed", "ok");
    });

    public string? Tell(DateTimeOffset now, string by) => VisitSteps.Tell.Take(this, now, by, _ =>
    {
        if (!TellPatient)
        {
            return StepOutcome.Refused($"{PatientName} knows already.");
        }

        TellPatient = false;
        return StepOutcome.Taken("Patient told");
    });

    /// <summary>Only what has not begun can move; a confirmation was of the old time.</summary>
    public string? MayMove() => VisitSteps.Move.Refusal(this);

    /// <summary>Takes its new place, which was judged free or overbooked; the old one is kept with the step.</summary>
    public string? Move(VisitPlace to, string why, bool told, DateTimeOffset now, string by) => VisitSteps.Move.Take(this, now, by, _ =>
    {
        var from = $"{Local:ddd, MMM d}, {Said.Time(TimeOnly.FromDateTime(Local.DateTime))} with {ProviderName}";
        (StartsAt, EndsAt, HeldFrom, HeldTo) = (to.During.From, to.During.To, to.Held.From, to.Held.To);
        (ProviderId, ProviderName, LocationId, Zone) = (to.ProviderId, to.ProviderName, to.LocationId, to.Zone);
        (RoomId, EquipmentId) = (to.RoomId, to.EquipmentId);
        (Overbooked, OverbookReason) = (to.OverbookReason is not null, to.OverbookReason);
        (ConfirmedAt, ConfirmedBy, TellPatient) = (null, null, !told);
        var over = to.OverbookReason is null ? "" : $" (booked over: {to.OverbookReason})";
        return StepOutcome.Taken($"Moved from {from}: {why}{over}{(told ? "" : "; patient not told yet")}");
    });

    /// <summary>A line of its history that is no step.</summary>
    public void Write(string said, DateTimeOffset at, string by, string tone = "") => VisitSteps.All.Note(this, at, by, said, tone);

    /// <summary>Takes back the last step: a wrong click, or the wrong patient checked in.</summary>
    public string? TakeBack(DateTimeOffset now, string by) => Status == VisitStatus.Booked && VisitSteps.All.ToTakeBack(this) is null
        ? $"{PatientName} is only booked: there is no step to take back." : VisitSteps.All.TakeBack(this, now, by);

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Which visit a letter is about, for whoever chooses among letters.</summary>
    public string LetterLabel => $"{PatientName}, {Local:MMM d}";

    public string DayUrl => $"/scheduling/days/{Day:yyyy-MM-dd}?location={LocationId}";

    /// <summary>Open day lists that show this visit follow; the location's key is for what counts all of a day.</summary>
    public void Tell(ILive live)
    {
        live.Changed(SchedulingModule.DayTopic, SchedulingModule.DayKey(ProviderId, Day), LocationId);
        live.Changed(SchedulingModule.DayTopic, SchedulingModule.DayKey(LocationId, Day), LocationId);
    }

    public VisitState State() =>
        new(Id, Version, PatientId, ProviderId, ProviderName, LocationId, RoomId, TypeName, StartsAt, Minutes, Status.Text(), CaseId)
        {
            TypeId = TypeId, Telehealth = Telehealth,
        };
}

/// <summary>Where and when a visit takes place, judged inside the transaction that writes it.</summary>
public sealed record VisitPlace(
    Guid LocationId, string Zone, Guid ProviderId, string ProviderName, Guid? RoomId, Guid? EquipmentId, Interval During, Interval Held, string? OverbookReason);
