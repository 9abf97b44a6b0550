namespace Modular.Scheduling.Appointments;

/// <summary>How far a patient who is here has come.</summary>
public static class Stage
{
    public const string Waiting = "waiting";
    public const string Roomed = "roomed";
    public const string WithProvider = "with-provider";
    public const string CheckOut = "check-out";

    public static string Words(string stage) => stage switch
    {
        Roomed => "in a room",
        WithProvider => "with the provider",
        CheckOut => "ready for check-out",
        _ => "waiting",
    };
}

public sealed partial class Visit
{
    public DateTimeOffset? RoomedAt { get; private set; }
    public DateTimeOffset? SeenAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }
    public Guid? InRoomId { get; private set; }

    /// <summary>Of demographics, coverage, notices what was gone through at check-in.</summary>
    public string[] Checked { get; set; } = [];

    /// <summary>What the visit was.</summary>
    public string? Outcome { get; set; }

    /// <summary>Why it is not billed.</summary>
    public string? NoCharge { get; set; }

    public string Stage => FinishedAt is not null ? Appointments.Stage.CheckOut
        : SeenAt is not null ? Appointments.Stage.WithProvider
        : RoomedAt is not null ? Appointments.Stage.Roomed : Appointments.Stage.Waiting;

    /// <summary>Since when they are where they are.</summary>
    public DateTimeOffset? StageSince => FinishedAt ?? SeenAt ?? RoomedAt ?? ArrivedAt;

    public string? PutInRoom(Guid room, string name, DateTimeOffset now, string by)
    {
        if (NotHere() is { } sentence)
        {
            return sentence;
        }

        if (SeenAt is not null)
        {
            return $"{PatientName} is already {Appointments.Stage.Words(Stage)}.";
        }

        (RoomedAt, InRoomId) = (RoomedAt ?? now, room);
        Write($"To {name}", now, by, "info");
        return null;
    }

    public string? See(DateTimeOffset now, string by)
    {
        if (NotHere() is { } sentence)
        {
            return sentence;
        }

        if (SeenAt is not null)
        {
            return $"{PatientName} is already {Appointments.Stage.Words(Stage)}.";
        }

        SeenAt = now;
        Write($"With {ProviderName}", now, by, "info");
        return null;
    }

    /// <summary>The provider is done; the room is free for the next.</summary>
    public string? Finish(DateTimeOffset now, string by)
    {
        if (NotHere() is { } sentence)
        {
            return sentence;
        }

        if (FinishedAt is not null)
        {
            return $"{PatientName} is already {Appointments.Stage.Words(Stage)}.";
        }

        FinishedAt = now;
        Write("Ready for check-out", now, by, "info");
        return null;
    }

    private string? NotHere() => Status == VisitStatus.Arrived ? null
        : Status == VisitStatus.Booked ? $"{PatientName} has not arrived yet." : $"{PatientName} is already {VisitStatus.Words(Status)}.";

    /// <summary>One step of the flow back; false when there is none left but the arrival.</summary>
    private bool StepBack()
    {
        if (FinishedAt is not null)
        {
            FinishedAt = null;
        }
        else if (SeenAt is not null)
        {
            SeenAt = null;
        }
        else if (RoomedAt is not null)
        {
            (RoomedAt, InRoomId) = (null, null);
        }
        else
        {
            return false;
        }

        return true;
    }
}
