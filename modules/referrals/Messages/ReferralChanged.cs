using Modular.Sdk;

namespace Modular.Referrals.Messages;

/// <summary>A referral was written, went a step on or back, or was marked as overdue or without coverage: its whole state, so that a listener needs one upsert guarded by <paramref name="Version"/>.</summary>
/// <param name="Version">Grows with every change; a lower one than already seen is late and ignored.</param>
/// <param name="SpecialistNpi">Ten digits, or null.</param>
/// <param name="Urgency">One of routine, urgent, emergency.</param>
/// <param name="Step">One of written, checked, sent, booked, missed, seen, replied, closed, declined, canceled.</param>
/// <param name="AskedById">The staff member who asked for it.</param>
/// <param name="CoverageId">Whose plan pays; null for self-pay or not known.</param>
/// <param name="AuthorizationVisits">How many visits the plan allows; null when it does not say.</param>
/// <param name="AppointmentOn">At the specialist's.</param>
/// <param name="DueOn">By when the next step is due; null once it has ended.</param>
/// <param name="CoverageEndsOn">The last day of the plan it is under, when that is known.</param>
/// <param name="CoverageEnded">The plan ends before the specialist sees the patient.</param>
[Message("referrals.referral-changed.v1", Needs = ReferralsPermissions.Read, Location = nameof(LocationId), Patients = [nameof(PatientId)])]
public sealed record ReferralChanged(
    Guid ReferralId, int Version, Guid PatientId, Guid LocationId, Guid SpecialistId, string SpecialistName, string? SpecialistNpi, string? Specialty,
    string Reason, string Urgency, string Step, Guid? AskedById, Guid? CoverageId, Guid? CaseId,
    string? AuthorizationNumber, DateOnly? AuthorizationUntil, int? AuthorizationVisits,
    DateOnly WrittenOn, DateOnly? SentOn, DateOnly? AppointmentOn, DateOnly? ToldOn, DateOnly? SeenOn, DateOnly? ReplyOn, DateOnly? EndedOn, string? EndReason,
    DateOnly? DueOn, bool Overdue, DateOnly? CoverageEndsOn = null, bool CoverageEnded = false);
