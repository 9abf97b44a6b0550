using Modular.Sdk;

namespace Modular.Billing.Claims;

/// <summary>What one payer is asked to pay for one encounter. Its steps are in ClaimProgress.cs.</summary>
public sealed partial class Claim : IVersioned, IAtLocation, IOfPatient, IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }

    /// <summary>CLM01: unique for ever, comes back in every answer.</summary>
    public required string Number { get; init; }
    public required Guid EncounterId { get; init; }
    public required Guid LocationId { get; init; }
    public required string Zone { get; init; }
    public required Guid PatientId { get; init; }
    public required string PatientName { get; init; }
    public required Guid EntityId { get; set; }
    public required Guid RenderingId { get; set; }
    public required Guid PayerId { get; set; }
    public required string Payer { get; set; }
    public required Guid CoverageId { get; set; }

    /// <summary>1 pays first.</summary>
    public required int Rank { get; init; }

    /// <summary>CLM05-3: 1 original, 7 replacement, 8 void.</summary>
    public string Frequency { get; init; } = "1";

    /// <summary>The decided claim that this one replaces or voids.</summary>
    public Guid? ReplacesId { get; init; }
    public ClaimState State { get; private set; }

    /// <summary>US dollars.</summary>
    public required decimal Total { get; set; }
    public required DateOnly ServiceFrom { get; init; }
    public required DateOnly ServiceTo { get; init; }

    /// <summary>The payer's own number of it; of a replacement, that of the claim it replaces (REF*F8).</summary>
    public string? PayerClaimNumber { get; set; }

    /// <summary>The last day on which the payer may receive it; null when no rule says.</summary>
    public DateOnly? FilingLastDay { get; set; }

    /// <summary>By when it is to be sent.</summary>
    public required DateOnly DueOn { get; set; }

    /// <summary>What is to be corrected, in sentences.</summary>
    public string[] Faults { get; private set; } = [];

    /// <summary>Why it is kept back.</summary>
    public string? HeldReason { get; private set; }

    /// <summary>A person lets it go although the payer has not enrolled the practice.</summary>
    public bool Released { get; private set; }

    /// <summary>The charges changed after it was sent: a correction follows once the payer has decided.</summary>
    public bool ChangedAfter { get; private set; }
    public Guid? OwnerId { get; set; }
    public string? Owner { get; set; }

    public List<StepLine<Claim>> History { get; } = [];

    Guid? IOfPatient.PatientId => PatientId;

    public string Url => $"/billing/claims/{Id}";

    /// <summary>Nobody outside has seen it.</summary>
    public bool IsUnsent => State is ClaimState.ToCheck or ClaimState.ToCorrect or ClaimState.Held or ClaimState.ToSend;

    /// <summary>A day for checking and sending: what is ready and lies costs interest.</summary>
    public static DateOnly Due(DateOnly madeOn) => madeOn.AddDays(1);
}
