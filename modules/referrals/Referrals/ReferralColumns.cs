using System.Linq.Expressions;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>The work list, declared once.</summary>
internal static class ReferralColumns
{
    public static readonly ListDefinition<Referral> List = new("referrals.referrals", "Referrals")
    {
        Id = r => r.Id,
        Order = "due",
        Queue = ReferralQueue.Work.Lines(),
        Patients = r => [r.PatientId],
        Search = new("Patient or specialist", r => r.PatientName, r => r.SpecialistName + " " + (r.Specialty ?? "")),
        Filters =
        [
            new("step", "Step", new Dictionary<string, string> { ["open"] = "Open" }.Concat(States.Choices<Step>()).Append(new("ended", "Ended"))
                .Append(new("all", "All")).ToDictionary(),
                (v, _) => v switch { "open" => r => r.EndedOn == null, "ended" => r => r.EndedOn != null, "all" => null, _ => At(States.Read<Step>(v)) }),
            new("show", "Which of them", new Dictionary<string, string>
            {
                [""] = "All", ["overdue"] = "Overdue", ["to-tell"] = "Patient not told", ["coverage"] = "Coverage ended",
            }, (v, _) => v switch
            {
                "overdue" => r => r.Overdue,
                "to-tell" => r => r.Step == Step.Booked && r.ToldOn == null,
                "coverage" => r => r.CoverageEnded,
                _ => null,
            }),
            new("urgency", "Urgency", "Any urgency", Urgency.All, v => r => r.Urgency == v),
        ],
        Columns =
        [
            new("due", "Due", r => r.DueOn) { Sort = r => r.DueOn, ByDay = true, Class = "nowrap" },
            new("patient", "Patient", r => r.PatientName) { Sort = r => r.PatientName, Main = true, Href = r => $"/referrals/referrals/{r.Id}" },
            new("specialist", "Specialist", r => r.SpecialistName) { Sort = r => r.SpecialistName },
            new("specialty", "Specialty", r => r.Specialty) { Class = "why" },
            new("urgency", "Urgency", r => Urgency.All[r.Urgency]),
            new("step", "Step", r => r.Step.Title()) { Class = "nowrap" },
            new("appointment", "Appointment", r => r.AppointmentOn) { Sort = r => r.AppointmentOn, ByDay = true, Optional = 1, Class = "nowrap" },
            new("reason", "What is asked", r => r.Reason) { FileOnly = true },
            new("overdue", "Overdue", r => r.Overdue) { FileOnly = true },
            new("written", "Written", r => r.WrittenOn) { Sort = r => r.WrittenOn, FileOnly = true },
            new("asked-by", "Asked by", r => r.AskedBy) { FileOnly = true },
            new("authorization", "Authorization", r => r.AuthorizationNumber) { FileOnly = true },
            new("sent", "Sent", r => r.SentOn) { FileOnly = true },
            new("seen", "Seen", r => r.SeenOn) { FileOnly = true },
            new("reply", "Reply", r => r.ReplyOn) { FileOnly = true },
            new("ended", "Ended", r => r.EndedOn) { FileOnly = true },
            new("end-reason", "Reason of the end", r => r.EndReason) { FileOnly = true },
        ],
    };

    private static Expression<Func<Referral, bool>> At(Step step) => r => r.Step == step;
}
