using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>
/// Which step of a visit may follow on which, who may take it, and what is said when it cannot be taken. What each needs beside is with the visit.
/// </summary>
public static class VisitSteps
{
    public static readonly Steps<Visit, VisitStatus> All = new("visit", v => v.Status, v => v.Changes, v => v.PatientName);

    public static readonly Step<Visit, VisitStatus> Confirm = All.From(VisitStatus.Booked)
        .Stays("confirm", SchedulingPermissions.Book, Already, canBeTakenBack: false);

    /// <summary>Has its own way back, for the time of before may be taken by now.</summary>
    public static readonly Step<Visit, VisitStatus> Move = All.From(VisitStatus.Booked)
        .Stays("move", SchedulingPermissions.Book, v => Arrived(v, "move") ?? Already(v), canBeTakenBack: false);

    public static readonly Step<Visit, VisitStatus> Cancel = All.From(VisitStatus.Booked)
        .To(VisitStatus.Canceled, "cancel", SchedulingPermissions.Book, v => Arrived(v, "cancel") ?? Already(v));

    public static readonly Step<Visit, VisitStatus> Tell = All.From(Enum.GetValues<VisitStatus>())
        .Stays("tell", SchedulingPermissions.Book, Already, canBeTakenBack: false);

    public static readonly Step<Visit, VisitStatus> ChooseCase = All.From(VisitStatus.Booked, VisitStatus.Arrived)
        .Stays("case", SchedulingPermissions.Book,
            v => $"{Already(v)} The case of a visit is changed before check-out: take that step back first.", canBeTakenBack: false);

    public static readonly Step<Visit, VisitStatus> Arrive = All.From(VisitStatus.Booked)
        .To(VisitStatus.Arrived, "arrive", SchedulingPermissions.CheckIn, Already);

    public static readonly Step<Visit, VisitStatus> NoShow = All.From(VisitStatus.Booked)
        .To(VisitStatus.NoShow, "no-show", SchedulingPermissions.CheckIn, Already);

    public static readonly Step<Visit, VisitStatus> Room = All.From(VisitStatus.Arrived).Stays("room", SchedulingPermissions.CheckIn, NotHere);

    public static readonly Step<Visit, VisitStatus> See = All.From(VisitStatus.Arrived).Stays("see", SchedulingPermissions.CheckIn, NotHere);

    public static readonly Step<Visit, VisitStatus> Finish = All.From(VisitStatus.Arrived).Stays("finish", SchedulingPermissions.CheckIn, NotHere);

    public static readonly Step<Visit, VisitStatus> CheckOut = All.From(VisitStatus.Arrived)
        .To(VisitStatus.CheckedOut, "check-out", SchedulingPermissions.CheckIn, NotHere);

    private static string Already(Visit v) => $"{v.PatientName} is already {v.Status.Words()}.";

    private static string? Arrived(Visit v, string then) =>
        v.Status == VisitStatus.Arrived ? $"{v.PatientName} has arrived. Take the arrival back first, then {then}." : null;

    private static string NotHere(Visit v) => v.Status == VisitStatus.Booked ? $"{v.PatientName} has not arrived yet." : Already(v);
}
