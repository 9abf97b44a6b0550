using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Nightly;

/// <summary>What a referral asks for in the one inbox, and how the one search finds it: plain functions of its row.</summary>
public static class ReferralWork
{
    public static SearchEntry? Found(Referral r) => !r.IsOpen ? null : new(
        $"{r.PatientName} → {r.SpecialistName}", $"{r.Specialty ?? "Referral"} · {r.Step.Title().ToLowerInvariant()} · written {Said.ShortDay(r.WrittenOn)}",
        $"/referrals/referrals/{r.Id}", ReferralsPermissions.Read, Keywords: $"referral {r.Specialty} {r.AuthorizationNumber}", LocationId: r.LocationId, PatientId: r.PatientId);

    /// <summary>Until somebody who treats the patient has read the reply; all before that is work of the queue.</summary>
    public static TaskEntry? ToRead(Referral r) => r.Step != Step.Replied || !r.Overdue ? null : new(
        $"Read the reply on {r.PatientName} from {r.SpecialistName} and close the referral", $"/referrals/referrals/{r.Id}",
        ReferralsPermissions.Read, Role: Roles.Provider, LocationId: r.LocationId, PatientId: r.PatientId, Urgent: r.Urgency == Urgency.Emergency)
    { DueOn = r.DueOn };

    /// <summary>The patient was told of the appointment: what the contact log says of it.</summary>
    public static ContactEntry? Told(Referral r) => r.ToldOn is not { } on ? null : new(
        WallTime.Instant(on, new(12, 0), r.Zone), States.Find<ContactWay>(r.ToldHow) ?? ContactWay.InPerson, r.PatientName,
        $"Appointment with {r.SpecialistName}",
        ContactOutcome.Reached, r.Changes.LastOrDefault(c => c.Step == "tell")?.By ?? r.Owner ?? r.WrittenBy, $"/referrals/referrals/{r.Id}",
        [ContactSubject.Of(ReferralsModule.Record, r), ContactSubject.Patient(r.PatientId, r.PatientName)]);
}
