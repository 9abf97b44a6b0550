using Modular.Sdk;

namespace Modular.Patients.Coverages;

/// <summary>Who pays: an insurer or program. Its identity is the patients module's; its rules and money are billing's.</summary>
public sealed class Payer : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public string Name { get; set; } = "";
    public string? PayerNumber { get; set; }
    public string? Address { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }
    public string? Phone { get; set; }
    public bool Active { get; set; } = true;
    public string? SourceSystem { get; set; }
    public string? SourceId { get; set; }
}

/// <summary>A patient's membership with a payer over a stretch of days.</summary>
public sealed class Coverage : IVersioned, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }
    public Guid PayerId { get; set; }
    public Payer? Payer { get; set; }

    /// <summary>1 primary, 2 secondary, 3 tertiary.</summary>
    public int Rank { get; set; } = 1;
    public string MemberId { get; set; } = "";
    public string? GroupNumber { get; set; }
    public string? PlanName { get; set; }

    /// <summary>Of the patient to the subscriber: self, spouse, child or other.</summary>
    public string Relationship { get; set; } = "self";
    public string? SubscriberName { get; set; }
    public DateOnly? SubscriberBirthDate { get; set; }
    public DateOnly EffectiveFrom { get; set; }

    /// <summary>The last day covered; null while it runs.</summary>
    public DateOnly? EffectiveTo { get; set; }
    public string? SourceSystem { get; set; }
    public string? SourceId { get; set; }

    Guid? IOfPatient.PatientId => PatientId;

    public bool CoversOn(DateOnly day) => EffectiveFrom <= day && (EffectiveTo is null || EffectiveTo >= day);

    public bool Overlaps(DateOnly from, DateOnly? to) =>
        EffectiveFrom <= (to ?? DateOnly.MaxValue) && from <= (EffectiveTo ?? DateOnly.MaxValue);
}

public static class Ranks
{
    public static string Name(int rank) => rank switch { 1 => "Primary", 2 => "Secondary", 3 => "Tertiary", _ => throw new ArgumentOutOfRangeException(nameof(rank)) };
}
