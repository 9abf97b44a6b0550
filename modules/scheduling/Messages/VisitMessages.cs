using Modular.Sdk;

namespace Modular.Scheduling.Messages;

/// <summary>Whole state of a visit as others see it; carried by every visit message.</summary>
/// <param name="Version">Grows with every change of the visit.</param>
/// <param name="Start">Instant of the start; shown in the location's zone.</param>
/// <param name="Minutes">Length, 5 to 720.</param>
/// <param name="Status">One of booked, arrived, checked-out, canceled, no-show.</param>
/// <param name="Type">Name of the appointment type when it was booked.</param>
/// <param name="CaseId">The patient's case it is for, whose coverage pays; null for the health plan's.</param>
public sealed record VisitState(
    Guid VisitId,
    int Version,
    Guid PatientId,
    Guid ProviderId,
    string ProviderName,
    Guid LocationId,
    Guid? RoomId,
    string Type,
    DateTimeOffset Start,
    int Minutes,
    string Status,
    Guid? CaseId = null)
{
    /// <summary>The appointment type; its name may change, this does not. Null only in a message from before it was told.</summary>
    public Guid? TypeId { get; init; }

    /// <summary>By video, as its type was when it was booked: the patient comes to no place.</summary>
    public bool Telehealth { get; init; }
}

/// <summary>A visit was booked.</summary>
[Message("scheduling.appointment-booked.v1", Needs = SchedulingPermissions.Read, Location = "Visit.LocationId", Patients = ["Visit.PatientId"])]
public sealed record AppointmentBooked(VisitState Visit);

/// <summary>A booked visit was canceled before it began.</summary>
[Message("scheduling.appointment-canceled.v1", Needs = SchedulingPermissions.Read, Location = "Visit.LocationId", Patients = ["Visit.PatientId"])]
public sealed record AppointmentCanceled(VisitState Visit, string Reason);

/// <summary>The patient is here.</summary>
[Message("scheduling.arrived.v1", Needs = SchedulingPermissions.Read, Location = "Visit.LocationId", Patients = ["Visit.PatientId"])]
public sealed record Arrived(VisitState Visit, DateTimeOffset At);

/// <summary>The visit is over and the patient has left the desk.</summary>
[Message("scheduling.checked-out.v1", Needs = SchedulingPermissions.Read, Location = "Visit.LocationId", Patients = ["Visit.PatientId"])]
public sealed record CheckedOut(VisitState Visit, DateTimeOffset At);

/// <summary>The patient did not come. The time stays theirs: nothing is freed.</summary>
[Message("scheduling.no-show.v1", Needs = SchedulingPermissions.Read, Location = "Visit.LocationId", Patients = ["Visit.PatientId"])]
public sealed record NoShow(VisitState Visit, DateTimeOffset At);

/// <summary>The last step was taken back: an arrival, a check-out, a cancellation or a no-show that was not meant.</summary>
/// <param name="From">The status it had.</param>
[Message("scheduling.step-taken-back.v1", Needs = SchedulingPermissions.Read, Location = "Visit.LocationId", Patients = ["Visit.PatientId"])]
public sealed record StepTakenBack(VisitState Visit, string From);

/// <summary>A booked visit has another time, provider or place; <paramref name="Visit"/> is where it is now.</summary>
/// <param name="From">Its start before.</param>
/// <param name="PatientTold">False: somebody still has to tell the patient.</param>
[Message("scheduling.appointment-moved.v1", Needs = SchedulingPermissions.Read, Location = "Visit.LocationId", Patients = ["Visit.PatientId"])]
public sealed record AppointmentMoved(VisitState Visit, DateTimeOffset From, Guid FromProviderId, Guid FromLocationId, string Reason, bool PatientTold);

/// <summary>A visit is for another case than before, or for none; <paramref name="Visit"/> has the one it is for now.</summary>
[Message("scheduling.visit-case-changed.v1", Needs = SchedulingPermissions.Read, Location = "Visit.LocationId", Patients = ["Visit.PatientId"])]
public sealed record VisitCaseChanged(VisitState Visit);

/// <summary>The patient said that they will come.</summary>
[Message("scheduling.appointment-confirmed.v1", Needs = SchedulingPermissions.Read, Location = "Visit.LocationId", Patients = ["Visit.PatientId"])]
public sealed record AppointmentConfirmed(VisitState Visit, DateTimeOffset At);

/// <summary>Demographics, coverage and notices were gone through with the patient at the desk.</summary>
/// <param name="Confirmed">Of demographics, coverage, notices those that were right or given; what is missing is still to do.</param>
[Message("scheduling.checked-in.v1", Needs = SchedulingPermissions.Read, Location = "Visit.LocationId", Patients = ["Visit.PatientId"])]
public sealed record CheckedIn(VisitState Visit, IReadOnlyList<string> Confirmed, DateTimeOffset At);

/// <summary>A patient who is here went a step on.</summary>
/// <param name="Stage">One of waiting, roomed, with-provider, check-out.</param>
/// <param name="RoomId">The room they are in.</param>
[Message("scheduling.stage-changed.v1", Needs = SchedulingPermissions.Read, Location = "Visit.LocationId", Patients = ["Visit.PatientId"])]
public sealed record StageChanged(VisitState Visit, string Stage, Guid? RoomId, DateTimeOffset At);

/// <summary>The visit took place: what it was, for whoever bills it. Comes with each check-out; a check-out taken back is told by <see cref="StepTakenBack"/>.</summary>
/// <param name="ServiceDate">The date at the place.</param>
/// <param name="WhatItWas">In the desk's words.</param>
/// <param name="NoChargeReason">Null: to be billed.</param>
[Message("scheduling.visit-completed.v1", Needs = SchedulingPermissions.Read, Location = "Visit.LocationId", Patients = ["Visit.PatientId"])]
public sealed record VisitCompleted(VisitState Visit, DateOnly ServiceDate, DateTimeOffset ArrivedAt, DateTimeOffset LeftAt, string WhatItWas, string? NoChargeReason);
