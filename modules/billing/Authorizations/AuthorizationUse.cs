using Modular.Sdk;

namespace Modular.Billing.Authorizations;

/// <summary>A kept visit that used an authorization.</summary>
[NotLogged]
public sealed class AuthorizationUse : IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid AuthorizationId { get; set; }
    public required string Kind { get; init; }
    public Guid VisitId { get; init; }
    public Guid PatientId { get; init; }
    Guid? IOfPatient.PatientId => PatientId;
    public DateOnly Day { get; set; }
}
