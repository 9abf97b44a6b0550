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
    public string Status { get; private set; } = VisitStatus.Booked;
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

    /// <summary>What happened to it, written with each step; visits of the demo's past have none.</summary>
    public List<VisitChange> Changes { get; } = [];

    /// <summary>In the place of a name, where a chart is shut to whoever looks.</summary>
    public const string Restricted = "Restricted";

    Guid? IOfPatient.PatientId => PatientId;

    public DateTimeOffset Local => WallTime.At(StartsAt, Zone);

    public DateOnly Day => DateOnly.FromDateTime(Local.DateTime);

    public int Minutes => (int)(EndsAt - StartsAt).TotalMinutes;

    public string? Arrive(DateTimeOffset now, string by)
    {
        if (Status != VisitStatus.Booked)
        {
            return $"{PatientName} is already {VisitStatus.Words(Status)}.";
        }

        if (DateOnly.FromDateTime(WallTime.At(now, Zone).DateTime) != Day && !LeftOpen)
        {
            return $"This visit is on {Local:dddd, MMMM d}: only a patient of today can arrive.";
        }

        // A visit left open may turn out to have taken place.
        (Status, ArrivedAt, ArrivedBy) = (VisitStatus.Arrived, now, by);
        Write("Arrived", now, by, "ok");
        return null;
    }

    public string? CheckOut(DateTimeOffset now, string by)
    {
        if (Status != VisitStatus.Arrived)
        {
            return Status == VisitStatus.Booked
                ? $"{PatientName} has not arrived yet."
                : $"{PatientName} is already {VisitStatus.Words(Status)}.";
        }

        (Status, CheckedOutAt, CheckedOutBy, LeftOpen) = (VisitStatus.CheckedOut, now, by, false);
        Write("Checked out", now, by);
        return null;
    }

    public string? MarkNoShow(DateTimeOffset now, string by)
    {
        if (Status != VisitStatus.Booked)
        {
            return $"{PatientName} is already {VisitStatus.Words(Status)}.";
        }

        if (now < StartsAt)
        {
            return $"The visit begins at {Said.Time(Local)}: until then {PatientName} may still come.";
        }

        (Status, EndedAt, EndedBy, LeftOpen) = (VisitStatus.NoShow, now, by, false);
        Write("Did not come", now, by, "bad");
        return null;
    }

    public string? Cancel(string reason, DateTimeOffset now, string by)
    {
        if (Status != VisitStatus.Booked)
        {
            return Status == VisitStatus.Arrived
                ? $"{PatientName} has arrived. Take the arrival back first, then cancel."
                : $"{PatientName} is already {VisitStatus.Words(Status)}.";
        }

        (Status, Reason, EndedAt, EndedBy, LeftOpen) = (VisitStatus.Canceled, reason, now, by, false);
        Write($"Canceled: {reason}", now, by, "bad");
        return null;
    }

    public string? Confirm(DateTimeOffset now, string by)
    {
        if (Status != VisitStatus.Booked || ConfirmedAt is not null)
        {
            return $"{PatientName} is already {(ConfirmedAt is null ? VisitStatus.Words(Status) : "confirmed")}.";
        }

        (ConfirmedAt, ConfirmedBy) = (now, by);
        Write("Patient confirmed", now, by, "ok");
        return null;
    }

    public string? Tell(DateTimeOffset now, string by)
    {
        if (!TellPatient)
        {
            return $"{PatientName} knows already.";
        }

        TellPatient = false;
        Write("Patient told", now, by);
        return null;
    }

    /// <summary>Only what has not begun can move; a confirmation was of the old time.</summary>
    public string? MayMove() => Status == VisitStatus.Booked ? null
        : Status == VisitStatus.Arrived ? $"{PatientName} has arrived. Take the arrival back first, then move." : $"{PatientName} is already {VisitStatus.Words(Status)}.";

    /// <summary>Takes its new place, which was judged free or overbooked; the old one is kept with the change.</summary>
    public void Move(VisitPlace to, string why, bool told, DateTimeOffset now, string by)
    {
        var was = new VisitChange { VisitId = Id, At = now, By = by, Said = "", WasStart = StartsAt, WasProvider = ProviderId, WasLocation = LocationId };
        var from = $"{Local:ddd, MMM d}, {Said.Time(TimeOnly.FromDateTime(Local.DateTime))} with {ProviderName}";
        (StartsAt, EndsAt, HeldFrom, HeldTo) = (to.During.From, to.During.To, to.Held.From, to.Held.To);
        (ProviderId, ProviderName, LocationId, Zone, RoomId, EquipmentId) = (to.ProviderId, to.ProviderName, to.LocationId, to.Zone, to.RoomId, to.EquipmentId);
        (Overbooked, OverbookReason) = (to.OverbookReason is not null, to.OverbookReason);
        (ConfirmedAt, ConfirmedBy, TellPatient) = (null, null, !told);
        was.Said = $"Moved from {from}: {why}{(to.OverbookReason is null ? "" : $" (booked over: {to.OverbookReason})")}{(told ? "" : "; patient not told yet")}";
        Changes.Add(was);
    }

    public void Write(string said, DateTimeOffset at, string by, string tone = "") => Changes.Add(new() { VisitId = Id, At = at, By = by, Said = said, Tone = tone });

    /// <summary>Takes back the last step: a wrong click, or the wrong patient checked in.</summary>
    public string? TakeBack()
    {
        switch (Status)
        {
            case VisitStatus.Arrived when StepBack():
                return null;
            case VisitStatus.Arrived:
                (Status, ArrivedAt, ArrivedBy, Checked) = (VisitStatus.Booked, null, null, []);
                return null;
            case VisitStatus.CheckedOut:
                (Status, CheckedOutAt, CheckedOutBy) = (VisitStatus.Arrived, null, null);
                return null;
            case VisitStatus.Canceled or VisitStatus.NoShow:
                (Status, Reason, EndedAt, EndedBy) = (VisitStatus.Booked, null, null, null);
                return null;
            default:
                return $"{PatientName} is only booked: there is no step to take back.";
        }
    }

    public string DayUrl => $"/scheduling/days/{Day:yyyy-MM-dd}?location={LocationId}";

    /// <summary>Open day lists that show this visit follow; the location's key is for what counts all of a day.</summary>
    public void Tell(ILive live)
    {
        live.Changed(SchedulingModule.DayTopic, SchedulingModule.DayKey(ProviderId, Day), LocationId);
        live.Changed(SchedulingModule.DayTopic, SchedulingModule.DayKey(LocationId, Day), LocationId);
    }

    public VisitState State() =>
        new(Id, Version, PatientId, ProviderId, ProviderName, LocationId, RoomId, TypeName, StartsAt, Minutes, Status, CaseId)
        {
            TypeId = TypeId, Telehealth = Telehealth,
        };
}

public static class VisitStatus
{
    public const string Booked = "booked";
    public const string Arrived = "arrived";
    public const string CheckedOut = "checked-out";
    public const string Canceled = "canceled";
    public const string NoShow = "no-show";

    /// <summary>As people read it.</summary>
    public static string Words(string status) => status switch
    {
        CheckedOut => "checked out",
        NoShow => "marked as a no-show",
        _ => status,
    };
}

/// <summary>Where and when a visit takes place, judged inside the transaction that writes it.</summary>
public sealed record VisitPlace(
    Guid LocationId, string Zone, Guid ProviderId, string ProviderName, Guid? RoomId, Guid? EquipmentId, Interval During, Interval Held, string? OverbookReason);
