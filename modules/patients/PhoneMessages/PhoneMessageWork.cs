using Modular.Sdk;

namespace Modular.Patients.PhoneMessages;

/// <summary>Messages of callers as work that a team shares.</summary>
public static class PhoneMessageWork
{
    public static readonly WorkQueue<PhoneMessage> Queue =
        new("patients.message", "message", "/patients/phone-messages", PatientsPermissions.AnswerPhoneMessage)
        {
            Open = m => m.ClosedAt == null,
            Due = m => m.AnswerBy,
            Urgent = m => m.Urgency == "now",
            Role = m => m.ToRole,
            Title = m => $"Answer {m.Caller}{(m.Patient is null ? "" : $" about {m.Patient}")}",
            Link = m => $"/patients/phone-messages/{m.Id}",
            Why = (m, ask) => $"{m.TakenBy} took it for {PhoneMessage.Teams[m.ToRole].ToLowerInvariant()}; "
                + $"{(m.IsOverdue(ask.Now) ? "the answer was due" : "answer by")} {Said.Instant(m.AnswerBy, ask.Zone, ask.Now)}.",
            Assign = (m, owner, by, now) => m.Give(owner, by, now),
            Topic = PatientsModule.PhoneMessageTopic,
        };
}
