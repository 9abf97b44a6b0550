using Modular.Sdk;

namespace Modular.Billing.Eligibility;

/// <summary>A visit as scheduling told it last.</summary>
[NotLogged]
public sealed class KnownVisit : IAtLocation, IOfPatient
{
    public Guid Id { get; init; }
    public int Version { get; set; }
    public Guid PatientId { get; set; }
    Guid? IOfPatient.PatientId => PatientId;
    public Guid LocationId { get; set; }
    public Guid ProviderId { get; set; }
    public required string Provider { get; set; }
    public required string Type { get; set; }
    public Guid? CaseId { get; set; }
    public DateTimeOffset StartsAt { get; set; }

    /// <summary>At the place.</summary>
    public DateOnly Day { get; set; }

    /// <summary>booked, arrived, checked-out, canceled or no-show.</summary>
    public required string Status { get; set; }

    public bool Kept => Status == "checked-out";
}
