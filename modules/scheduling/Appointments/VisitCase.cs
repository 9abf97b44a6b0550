using Modular.Scheduling.Reactions;

namespace Modular.Scheduling.Appointments;

public sealed partial class Visit
{
    /// <summary>From now on it is for this case, or for none. Until check-out: then billing has been told.</summary>
    public string? Choose(KnownCase? to, KnownCase? was, DateTimeOffset now, string by)
    {
        if (to?.Id == CaseId)
        {
            return null;
        }

        if (Status is not (VisitStatus.Booked or VisitStatus.Arrived))
        {
            return $"{PatientName} is already {VisitStatus.Words(Status)}. The case of a visit is changed before check-out: take that step back first.";
        }

        if (to?.PatientId is { } patient && patient != PatientId)
        {
            return "Choose a case of this patient from the list.";
        }

        if (to?.Refusal(Day) is { } sentence)
        {
            return sentence;
        }

        For(to, was, now, by);
        return null;
    }

    /// <summary>Written without a question: by a move, which judged the case by the new day.</summary>
    public void For(KnownCase? to, KnownCase? was, DateTimeOffset now, string by)
    {
        if (to?.Id == CaseId)
        {
            return;
        }

        CaseId = to?.Id;
        Write($"{(to is null ? "For no case" : $"For the case “{to.Title}”")}{(was is null ? "" : $", was “{was.Title}”")}", now, by, "info");
    }
}
