using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

public sealed partial class Visit
{
    public DateTimeOffset? RoomedAt { get; private set; }
    public DateTimeOffset? SeenAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }
    public Guid? InRoomId { get; private set; }

    /// <summary>Of demographics, coverage, notices what was gone through at check-in.</summary>
    public string[] Checked { get; private set; } = [];

    /// <summary>What the visit was.</summary>
    public string? Outcome { get; private set; }

    /// <summary>Why it is not billed.</summary>
    public string? NoCharge { get; private set; }

    public Stage Stage => FinishedAt is not null ? Stage.CheckOut
        : SeenAt is not null ? Stage.WithProvider
        : RoomedAt is not null ? Stage.Roomed : Stage.Waiting;

    /// <summary>Since when they are where they are.</summary>
    public DateTimeOffset? StageSince => FinishedAt ?? SeenAt ?? RoomedAt ?? ArrivedAt;

    public string? PutInRoom(Guid room, string name, DateTimeOffset now, string by) => VisitSteps.Room.Take(this, now, by, _ =>
    {
        if (SeenAt is not null)
        {
            return Past();
        }

        (RoomedAt, InRoomId) = (RoomedAt ?? now, room);
        return StepOutcome.Taken($"To {name}", "info");
    });

    public string? See(DateTimeOffset now, string by) => VisitSteps.See.Take(this, now, by, _ =>
    {
        if (SeenAt is not null)
        {
            return Past();
        }

        SeenAt = now;
        return StepOutcome.Taken($"With {ProviderName}", "info");
    });

    /// <summary>The provider is done; the room is free for the next.</summary>
    public string? Finish(DateTimeOffset now, string by) => VisitSteps.Finish.Take(this, now, by, _ =>
    {
        if (FinishedAt is not null)
        {
            return Past();
        }

        FinishedAt = now;
        return StepOutcome.Taken("Ready for check-out", "info");
    });

    private StepOutcome Past() => StepOutcome.Refused($"{PatientName} is already {Stage.Words()}.");
}
