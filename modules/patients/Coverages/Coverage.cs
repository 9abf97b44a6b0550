using Modular.Patients.Messages;
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

    public PayerChanged Changed() => new(Id, Version, Name, PayerNumber, Address, City, State, Zip, Phone, Active);
}

/// <summary>A patient's membership with a payer over a stretch of days.</summary>
public sealed class Coverage : IVersioned, IOfPatient
{
    public const string Medical = "medical", OfCase = "case";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }
    public Guid PayerId { get; set; }
    public Payer? Payer { get; set; }

    /// <summary>medical, dental, vision, behavioral, pharmacy, or case: what the plan is for. Each has its own primary.</summary>
    public string BenefitLine { get; set; } = Medical;

    /// <summary>Set exactly when the line is case.</summary>
    public Guid? CaseId { get; set; }

    /// <summary>1 primary, 2 secondary, 3 tertiary.</summary>
    public int Rank { get; set; } = 1;
    public string MemberId { get; set; } = "";
    public string? GroupNumber { get; set; }
    public string? PlanName { get; set; }
    public string? PlanType { get; set; }
    public decimal? CopayOffice { get; set; }
    public decimal? CopaySpecialist { get; set; }
    public decimal? CopayUrgent { get; set; }
    public decimal? CopayPreventive { get; set; }
    public decimal? CopayTelehealth { get; set; }

    /// <summary>Primary care provider as the plan has it; a plan that pays only with a referral asks for it.</summary>
    public string? PrimaryCare { get; set; }
    public DateTimeOffset? VerifiedAt { get; set; }
    public string? VerifiedBy { get; set; }
    public string? VerifiedHow { get; set; }
    public Guid? FrontId { get; set; }
    public Guid? BackId { get; set; }

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

    /// <summary>Two coverages compete for a rank only within one benefit line and one case.</summary>
    public bool SameLine(Coverage other) => (BenefitLine, CaseId) == (other.BenefitLine, other.CaseId);

    public CoverageChanged Changed(Payer payer) => new(
        Id, Version, PatientId, BenefitLine, CaseId, Rank, PayerId, payer.Name, payer.PayerNumber, MemberId, GroupNumber, PlanName, PlanType, Relationship,
        SubscriberName, SubscriberBirthDate, EffectiveFrom, EffectiveTo, CopayOffice, CopaySpecialist, CopayUrgent, CopayPreventive, CopayTelehealth, VerifiedAt);

    public IEnumerable<(string Visit, decimal Amount)> Copays =>
        from c in new[] { ("Office", CopayOffice), ("Specialist", CopaySpecialist), ("Urgent", CopayUrgent), ("Preventive", CopayPreventive), ("Telehealth", CopayTelehealth) }
        where c.Item2 is not null
        select (c.Item1, c.Item2!.Value);

    public static IReadOnlyDictionary<string, string> Lines { get; } = new Dictionary<string, string>
    {
        [Medical] = "Medical", ["dental"] = "Dental", ["vision"] = "Vision", ["behavioral"] = "Behavioral health", ["pharmacy"] = "Pharmacy",
    };

    public static IReadOnlyDictionary<string, string> PlanTypes { get; } = new Dictionary<string, string>
    {
        ["hmo"] = "HMO", ["ppo"] = "PPO", ["epo"] = "EPO", ["pos"] = "POS", ["hdhp"] = "High deductible", ["indemnity"] = "Indemnity", ["medicare"] = "Medicare",
        ["advantage"] = "Medicare Advantage", ["medigap"] = "Medigap", ["medicaid"] = "Medicaid", ["tricare"] = "TRICARE", ["workers-comp"] = "Workers' compensation",
        ["auto"] = "Auto", ["other"] = "Other",
    };

    public static IReadOnlyDictionary<string, string> Ways { get; } = new Dictionary<string, string>
    {
        ["card"] = "Card seen", ["phone"] = "By phone", ["portal"] = "Payer's portal", ["electronic"] = "Electronic check",
    };

    public bool CoversOn(DateOnly day) => EffectiveFrom <= day && (EffectiveTo is null || EffectiveTo >= day);

    public bool Overlaps(DateOnly from, DateOnly? to) =>
        EffectiveFrom <= (to ?? DateOnly.MaxValue) && from <= (EffectiveTo ?? DateOnly.MaxValue);
}

public static class Ranks
{
    public static string Name(int rank) => rank switch { 1 => "Primary", 2 => "Secondary", 3 => "Tertiary", _ => throw new ArgumentOutOfRangeException(nameof(rank)) };
}
