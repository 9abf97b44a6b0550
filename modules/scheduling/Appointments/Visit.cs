using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>A patient's time with a provider, from booking to check-out. Each step says why it cannot be taken.</summary>
public sealed class Visit : IVersioned, IAtLocation, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid PatientId { get; init; }
    public required Guid ProviderId { get; init; }
    public Guid? RoomId { get; init; }
    public required Guid LocationId { get; init; }
    public required Guid TypeId { get; init; }
    public required string PatientName { get; init; }
    public required string ProviderName { get; init; }
    public required string TypeName { get; init; }
    public required string Kind { get; init; }
    public required string Zone { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required DateTimeOffset HeldFrom { get; init; }
    public required DateTimeOffset HeldTo { get; init; }
    public string Status { get; private set; } = VisitStatus.Booked;
    public string? Reason { get; private set; }
    public string? Note { get; init; }
    public bool Overbooked { get; init; }
    public string? OverbookReason { get; init; }

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
        return null;
    }

    /// <summary>Takes back the last step: a wrong click, or the wrong patient checked in.</summary>
    public string? TakeBack()
    {
        switch (Status)
        {
            case VisitStatus.Arrived:
                (Status, ArrivedAt, ArrivedBy) = (VisitStatus.Booked, null, null);
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
        live.Changed(SchedulingModule.DayTopic, SchedulingModule.DayKey(ProviderId, Day));
        live.Changed(SchedulingModule.DayTopic, SchedulingModule.DayKey(LocationId, Day));
    }

    public VisitState State() =>
        new(Id, Version, PatientId, ProviderId, ProviderName, LocationId, RoomId, TypeName, StartsAt, Minutes, Status);
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
