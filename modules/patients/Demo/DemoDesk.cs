using Modular.Patients.Alerts;
using Modular.Patients.Charts;
using Modular.Patients.RecordRequests;
using Modular.Patients.PhoneMessages;
using Modular.Sdk;

namespace Modular.Patients.Demo;

/// <summary>What lies on the desks of the demo practice this morning: messages of callers and requests for records.</summary>
internal static class DemoDesk
{
    private static readonly (string Reason, string Team, string Urgency)[] Calls =
    [
        ("Refill of blood pressure tablets, out since yesterday", Roles.Nurse, "today"), ("Chest feels tight since breakfast, was told to call 911", Roles.Provider, "now"),
        ("Needs a school note for Monday", Roles.FrontDesk, "today"), ("Bill shows a copay that was paid at the visit", Roles.Biller, "routine"),
        ("Lab called with a result, wants the doctor", Roles.Provider, "today"), ("Rash after the new cream, no fever", Roles.Nurse, "today"),
        ("Wants to change the pharmacy", Roles.Nurse, "routine"), ("Insurance asks for the referral number", Roles.FrontDesk, "routine"),
    ];

    /// <summary>Days from today: what holds, what is over, what begins later, and what stays until it is taken away.</summary>
    private static readonly (string Kind, string Text, int From, int? Until)[] Alerts =
    [
        ("care", "Cast on the left arm, no cuff there", -12, 30), ("billing", "Payment plan, no copay at the desk", -40, 50), ("safety", "Fall risk since the operation", -20, null),
        ("other", "On vacation, call the daughter", 5, 19), ("care", "Fasting labs due before the next visit", -3, 25), ("billing", "New card promised", -60, -1), ("behavior", "Wants a chaperone in the room", -200, null),
    ];

    public static IEnumerable<object> Of(IReadOnlyList<Patient> patients, DateOnly today, IPractice practice)
    {
        for (var i = 0; i < Calls.Length && i < patients.Count; i++)
        {
            var (p, (reason, team, urgency)) = (patients[i], Calls[i]);
            var place = practice.Locations[i % practice.Locations.Count];
            var taken = WallTime.Instant(today, new(8, 5 + (i * 6)), place.Zone);
            yield return new PhoneMessage
            {
                LocationId = place.Id, PatientId = p.Id, Patient = p.FullName, Caller = i % 3 == 2 ? $"Mother of {p.FirstName}" : p.FullName, Phone = p.Phone, Reason = reason,
                ToRole = team, Urgency = urgency, TakenAt = taken, TakenBy = "Front desk",
                AnswerBy = PhoneMessage.Due(urgency, taken, place.Zone, practice.BusinessDays.At(place.Id)),
            };
        }

        foreach (var (p, (kind, text, from, until)) in patients.Where(p => !p.Restricted).Take(Alerts.Length).Zip(Alerts))
        {
            yield return new Alert { PatientId = p.Id, Kind = kind, Text = text, FromDate = today.AddDays(from), ToDate = until is { } days ? today.AddDays(days) : null, AddedBy = "Front desk" };
        }

        foreach (var (p, i) in patients.Skip(20).Take(4).Select((p, i) => (p, i)))
        {
            var received = today.AddDays(-2 - (i * 9));
            yield return new RecordRequest
            {
                PatientId = p.Id, Patient = p.FullName, Requester = i % 2 == 0 ? p.FullName : "Harrow Law Office", RequesterKind = i % 2 == 0 ? "patient" : "attorney",
                Authority = i % 2 == 0 ? "patient" : "unchecked",
                Scope = i % 2 == 0 ? "Whole record" : "Visits and bills since the accident", ReceivedOn = received,
                Clock = DeadlineClock.Start(RecordRequest.Answer, received),
            };
        }
    }
}
