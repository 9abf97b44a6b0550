using Modular.Sdk;

namespace Modular.Scheduling.Reactions;

/// <summary>What the schedule knows of an accident or injury that has a payer of its own; owned by the patients module.</summary>
[NotLogged]
public sealed class KnownCase : IProjected, IOfPatient
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public Guid PatientId { get; init; }
    Guid? IOfPatient.PatientId => PatientId;

    /// <summary>One of workers-comp, auto, liability, other.</summary>
    public required string Kind { get; init; }
    public required string Title { get; init; }
    public DateOnly AccidentOn { get; init; }
    public string? ClaimNumber { get; init; }

    /// <summary>The last day it is open.</summary>
    public DateOnly? ClosedOn { get; init; }

    public string Words => ClaimNumber is null ? Title : $"{Title} · claim {ClaimNumber}";

    /// <summary>Why a visit on that day cannot be for it; null when it can.</summary>
    public string? Refusal(DateOnly day) =>
        day < AccidentOn ? $"The accident of “{Title}” was on {Said.ShortDay(AccidentOn)}, after this visit. Choose another case or none."
        : ClosedOn < day ? $"“{Title}” closed on {Said.ShortDay(ClosedOn.Value)}. Choose another case or none for a visit on {Said.ShortDay(day)}."
        : null;
}
