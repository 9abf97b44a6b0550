using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>
/// Referrals as work that the desk shares, until the reply is here: reading that is the work of who treats the patient. What waits for others
/// comes last and stands in no shared inbox, for there is nothing to do about it before it is due.
/// </summary>
public static class ReferralQueue
{
    public static readonly WorkQueue<Referral> Work = new("referrals.referral", "referral", "/referrals/referrals", ReferralsPermissions.Send)
    {
        Open = r => r.EndedOn == null && r.Step != Step.Replied,
        Urgent = r => r.Urgency == Urgency.Emergency,
        Priority = r => !r.Overdue && !r.CoverageEnded && (r.Step == Step.Sent || r.Step == Step.Seen || (r.Step == Step.Booked && r.ToldOn != null))
            ? 0 : 1,
        DueOn = r => r.Step == Step.Booked && r.ToldOn == null ? r.AppointmentOn!.Value.AddDays(-1) : r.DueOn,
        Role = r => !r.Overdue && !r.CoverageEnded && (r.Step == Step.Sent || r.Step == Step.Seen || (r.Step == Step.Booked && r.ToldOn != null))
            ? null : Roles.FrontDesk,
        Title = Title,
        Link = r => $"/referrals/referrals/{r.Id}",
        Why = Why,
        Assign = (r, owner, by, now) => r.Give(owner, by, now),
        Topic = ReferralsModule.Topic,
    };

    /// <summary>Names what is to be done, and that it is late.</summary>
    private static string Title(Referral r) => r.CoverageEnded
        ? $"Find out who pays for {r.PatientName} at {r.SpecialistName}: the plan ends {Said.ShortDay(r.CoverageEndsOn!.Value)}"
        : r.Step switch
        {
            Step.Written when r.Authorization == PlanAnswer.Waiting => $"Ask the plan of {r.PatientName} for the authorization: {r.To}",
            Step.Written => $"Check the coverage of {r.PatientName} for {r.To}",
            Step.Checked => $"Send {r.PatientName}'s referral to {r.SpecialistName}",
            Step.Sent => $"Ask {r.SpecialistName} for {r.PatientName}'s appointment",
            Step.Booked when r.ToldOn is null => $"Tell {r.PatientName} of the appointment at {r.SpecialistName}, {Said.ShortDay(r.AppointmentOn!.Value)}",
            Step.Booked => $"Find out whether {r.PatientName} went to {r.SpecialistName}",
            Step.Missed => $"Call {r.PatientName}, who did not go to {r.SpecialistName}",
            _ => $"Ask {r.SpecialistName} for the reply on {r.PatientName}",
        } + (r.Overdue ? ", overdue" : "");

    private static string Why(Referral r, ListAsk ask)
    {
        string On(DateOnly? day) => Said.Day(day!.Value, ask.Today);
        if (r.CoverageEnded)
        {
            return $"The plan it is under ends {On(r.CoverageEndsOn)}, before the patient is seen.";
        }

        var stands = r.Step switch
        {
            Step.Written when r.Authorization == PlanAnswer.Waiting => $"The plan was asked {On(r.CheckedOn)} and has not answered",
            Step.Written => $"{r.WrittenBy} wrote it {On(r.WrittenOn)}; nobody checked the coverage",
            Step.Checked => "The coverage is checked and the letter was not sent",
            Step.Sent => $"It was sent {On(r.SentOn)} and there is no appointment",
            Step.Booked when r.ToldOn is null => $"The appointment is {On(r.AppointmentOn)} and the patient does not know of it",
            Step.Booked => $"The appointment is {On(r.AppointmentOn)}",
            Step.Missed => $"The patient did not come {On(r.MissedOn)}",
            _ => $"The patient was seen {On(r.SeenOn)} and no reply is here",
        };
        return $"{stands}; {(r.Overdue ? "this was due" : "the next step is due")} {On(r.DueOn)}.";
    }
}
