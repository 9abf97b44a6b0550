using Modular.Scheduling.Reactions;
using Modular.Sdk;

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

        return VisitSteps.ChooseCase.Take(this, now, by, _ =>
        {
            if (to?.PatientId is { } patient && patient != PatientId)
            {
                return StepOutcome.Refused("Choose a case of this patient from the list.");
            }

            if (to?.Refusal(Day) is { } sentence)
            {
                return StepOutcome.Refused(sentence);
            }

            CaseId = to?.Id;
            return StepOutcome.Taken(Chosen(to, was), "info");
        });
    }

    /// <summary>Written without a question: by a move, which judged the case by the new day.</summary>
    public void For(KnownCase? to, KnownCase? was, DateTimeOffset now, string by)
    {
        if (to?.Id == CaseId)
        {
            return;
        }

        CaseId = to?.Id;
        Write(Chosen(to, was), now, by, "info");
    }

    private static string Chosen(KnownCase? to, KnownCase? was) =>
        $"{(to is null ? "For no case" : $"For the case “{to.Title}”")}{(was is null ? "" : $", was “{was.Title}”")}";
}
