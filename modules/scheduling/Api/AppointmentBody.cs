using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Api;

/// <summary>A visit as programs read it.</summary>
public sealed record AppointmentBody(
    Guid Id,
    [property: Description("Grows with every change; the ETag.")] int Version,
    Guid PatientId,
    string PatientName,
    Guid ProviderId,
    string ProviderName,
    Guid LocationId,
    Guid? RoomId,
    Guid TypeId,
    string Type,
    [property: Description("On the wall of the location, with its offset.")] DateTimeOffset Start,
    DateTimeOffset End,
    [property: Description("One of booked, arrived, checked-out, canceled, no-show.")] string Status,
    [property: Description("Of a patient who is here: waiting, roomed, with-provider or check-out.")] string? Stage,
    [property: Description("Why it was canceled.")] string? Reason,
    string? Note,
    [property: Description("The patient said that they will come.")] DateTimeOffset? ConfirmedAt,
    [property: Description("It was moved or canceled, and somebody still has to tell the patient.")] bool TellPatient,
    [property: Description("The patient's case it is for; null for the health plan's.")] Guid? CaseId)
{
    public static AppointmentBody Of(Visit v) => new(
        v.Id, v.Version, v.PatientId, v.PatientName, v.ProviderId, v.ProviderName, v.LocationId, v.RoomId, v.TypeId, v.TypeName,
        v.Local, v.Local.AddMinutes(v.Minutes), v.Status.Text(), v.Status == VisitStatus.Arrived ? v.Stage.Text() : null, v.Reason, v.Note, v.ConfirmedAt, v.TellPatient, v.CaseId);
}

/// <summary>What to book.</summary>
public sealed class NewAppointment
{
    [Required(ErrorMessage = "Choose a location."), Description("From the setup.")]
    public Guid? LocationId { get; init; }

    [Required(ErrorMessage = "Choose a patient.")]
    public Guid? PatientId { get; init; }

    [Required(ErrorMessage = "Choose what the visit is for."), Description("From the setup.")]
    public Guid? TypeId { get; init; }

    [Description("Any provider who is free when left out.")]
    public Guid? ProviderId { get; init; }

    [Required(ErrorMessage = "Choose a time."), Description("With an offset; best one of the openings.")]
    public DateTimeOffset? Start { get; init; }

    [StringLength(500)]
    public string? Note { get; init; }

    [StringLength(200), Description("Books although the time is not free; needs scheduling.visit.overbook.")]
    public string? OverbookReason { get; init; }

    [Description("The patient's other visit at that time is known and meant.")]
    public bool OverlapAccepted { get; init; }

    [Description("The patient's case it is for.")]
    public Guid? CaseId { get; init; }
}

/// <summary>Where to move a visit. What is left out stays.</summary>
public sealed class NewPlace
{
    [Required(ErrorMessage = "Choose a time."), Description("With an offset; best one of the openings.")]
    public DateTimeOffset? Start { get; init; }
    public Guid? LocationId { get; init; }
    public Guid? ProviderId { get; init; }

    [Description("Any provider who is free, not only the present one.")]
    public bool AnyProvider { get; init; }

    [Required(ErrorMessage = "Say why."), StringLength(120)]
    public string? Why { get; init; }

    [Description("False puts \"tell the patient\" into the office's inbox.")]
    public bool PatientTold { get; init; }

    [StringLength(200), Description("Moves although the time is not free; needs scheduling.visit.overbook.")]
    public string? OverbookReason { get; init; }
    public bool OverlapAccepted { get; init; }
}

/// <summary>Why a visit is canceled.</summary>
public sealed class Cancellation
{
    [Required(ErrorMessage = "Say why."), StringLength(160)]
    public string? Reason { get; init; }

    [Description("False puts \"tell the patient\" into the office's inbox.")]
    public bool PatientTold { get; init; }
}

/// <summary>What a visit was.</summary>
public sealed class Departure
{
    [StringLength(300), Description("The name of the visit's type when left out.")]
    public string? Outcome { get; init; }

    [StringLength(100), Description("Why it is not billed.")]
    public string? NoCharge { get; init; }
}
