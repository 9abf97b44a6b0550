using Modular.Sdk;

namespace Modular.Billing.Reactions;

/// <summary>An accident or injury that has a payer of its own.</summary>
[NotLogged]
public sealed class KnownCase : IProjected, IOfPatient
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public Guid PatientId { get; init; }
    Guid? IOfPatient.PatientId => PatientId;

    /// <summary>workers-comp, auto, liability or other.</summary>
    public required string Kind { get; init; }
    public required string Title { get; init; }
    public DateOnly AccidentOn { get; init; }

    /// <summary>Two letters: where a car accident was (837P CLM11-4).</summary>
    public string? State { get; init; }
    public string? ClaimNumber { get; init; }

    /// <summary>The last day it is open.</summary>
    public DateOnly? ClosedOn { get; init; }
}
