using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Nightly;

/// <summary>What a referral asks for in the one inbox, and how the one search finds it: plain functions of its row.</summary>
public static class ReferralWork
{
    public static SearchEntry? Found(Referral r) => !r.IsOpen ? null : new(
        $"{r.PatientName} → {r.SpecialistName}", $"{r.Specialty ?? "Referral"} · {r.Step.Title().ToLowerInvariant()} · written {Said.ShortDay(r.WrittenOn)}",
        $"/referrals/referrals/{r.Id}", ReferralsPermissions.Read, Keywords: $"referral {r.Specialty} {r.AuthorizationNumber}", LocationId: r.LocationId, PatientId: r.PatientId);

    /// <summary>Does the plan need an authorization? Until that is known, nothing is sent.</summary>
    public static TaskEntry? CheckCoverage(Referral r) => r.Step != Step.Written ? null : Task(r,
        r.Authorization == PlanAnswer.Waiting ? $"Ask the plan of {r.PatientName} for the authorization: {r.To}" : $"Check the coverage of {r.PatientName} for {r.To}");

    public static TaskEntry? TellPatient(Referral r) => r.Step != Step.Booked || r.ToldOn is not null ? null : Task(r,
        $"Tell {r.PatientName} of the appointment at {r.SpecialistName}, {Said.ShortDay(r.AppointmentOn!.Value)}", r.AppointmentOn.Value.AddDays(-1));

    /// <summary>Names what is late, so that the inbox says what to do.</summary>
    public static TaskEntry? Overdue(Referral r) => !r.Overdue ? null : Task(r, r.Step switch
    {
        Step.Written or Step.Checked => $"Send {r.PatientName}'s referral to {r.SpecialistName}, overdue",
        Step.Sent => $"Ask {r.SpecialistName} for {r.PatientName}'s appointment, overdue",
        Step.Booked => $"Find out whether {r.PatientName} went to {r.SpecialistName}",
        Step.Missed => $"Call {r.PatientName}, who did not go to {r.SpecialistName}",
        Step.Seen => $"Ask {r.SpecialistName} for the reply on {r.PatientName}, overdue",
        _ => $"Read the reply on {r.PatientName} from {r.SpecialistName} and close the referral",
    }, role: r.Step == Step.Replied ? Roles.Provider : Roles.FrontDesk);

    public static TaskEntry? CoverageEnded(Referral r) => !r.CoverageEnded ? null : Task(r,
        $"Find out who pays for {r.PatientName} at {r.SpecialistName}: the plan ends {Said.ShortDay(r.CoverageEndsOn!.Value)}");

    /// <summary>The patient was told of the appointment: what the contact log says of it.</summary>
    public static ContactEntry? Told(Referral r) => r.ToldOn is not { } on ? null : new(
        WallTime.Instant(on, new(12, 0), r.Zone), States.Find<ContactWay>(r.ToldHow) ?? ContactWay.InPerson, r.PatientName,
        $"Appointment with {r.SpecialistName}",
        ContactOutcome.Reached, r.Changes.LastOrDefault(c => c.Step == "tell")?.By ?? r.Owner ?? r.WrittenBy, $"/referrals/referrals/{r.Id}",
        [ContactSubject.Of(ReferralsModule.Record, r), ContactSubject.Patient(r.PatientId, r.PatientName)]);

    private static TaskEntry Task(Referral r, string title, DateOnly? by = null, string role = Roles.FrontDesk) => new(
        title, $"/referrals/referrals/{r.Id}", ReferralsPermissions.Read,
        Due: WallTime.Instant(by ?? r.DueOn!.Value, new(17, 0), r.Zone), Role: role,
        LocationId: r.LocationId, PatientId: r.PatientId, Urgent: r.Urgency == Urgency.Emergency);
}
