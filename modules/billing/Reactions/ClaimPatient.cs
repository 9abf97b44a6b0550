using Modular.Sdk;

namespace Modular.Billing.Reactions;

/// <summary>What a claim names of a patient beside the <see cref="Patients.Messages.KnownPatient"/> that lists show.</summary>
[NotLogged]
public sealed class ClaimPatient : IProjected, IOfPatient
{
    public Guid Id { get; init; }
    Guid? IOfPatient.PatientId => Id;
    public int Version { get; init; }
    public required string FirstName { get; init; }
    public string? MiddleName { get; init; }
    public required string LastName { get; init; }
    public string? Suffix { get; init; }

    /// <summary>Where the patient lives, or the confidential address in its place.</summary>
    public string? Address { get; init; }
    public string? Address2 { get; init; }
    public string? City { get; init; }
    public string? State { get; init; }

    /// <summary>Five or nine digits.</summary>
    public string? Zip { get; init; }
    public DateOnly? DeceasedOn { get; init; }
}
