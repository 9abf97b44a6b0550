using Modular.Patients.Charts;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Coverages;

/// <summary>A patient's membership with a payer over a stretch of days.</summary>
public sealed class Coverage : IVersioned, IOfPatient
{
    public const string Medical = "medical", OfCase = "case", Self = "self";

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

    /// <summary>The employer or group whose plan it is.</summary>
    public string? GroupName { get; set; }
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

    /// <summary>What the patient is to the subscriber, one of <see cref="Registrations.Choices.Relationship"/>.</summary>
    public string Relationship { get; set; } = Self;

    // Of the subscriber; all empty when it is the patient, whose own row says it.
    public string? SubscriberFirstName { get; set; }
    public string? SubscriberMiddleName { get; set; }

    /// <summary>Or the employer's name, or a whole name that could not be taken apart: then there is no first name.</summary>
    public string? SubscriberLastName { get; set; }
    public string? SubscriberSuffix { get; set; }
    public DateOnly? SubscriberBirthDate { get; set; }
    public string? SubscriberSex { get; set; }
    public string? SubscriberAddress { get; set; }
    public string? SubscriberAddress2 { get; set; }
    public string? SubscriberCity { get; set; }
    public string? SubscriberState { get; set; }
    public string? SubscriberZip { get; set; }

    /// <summary>How often others were told anew because the patient, who is the subscriber, changed.</summary>
    public int SubscriberVersion { get; private set; }
    public DateOnly EffectiveFrom { get; set; }

    /// <summary>The last day covered; null while it runs.</summary>
    public DateOnly? EffectiveTo { get; set; }
    public string? SourceSystem { get; set; }
    public string? SourceId { get; set; }

    Guid? IOfPatient.PatientId => PatientId;

    /// <summary>Two coverages compete for a rank only within one benefit line and one case.</summary>
    public bool SameLine(Coverage other) => (BenefitLine, CaseId) == (other.BenefitLine, other.CaseId);

    /// <summary>For people to read; null when it is the patient.</summary>
    public string? SubscriberName =>
        SubscriberLastName is { } last ? PatientNames.Full(SubscriberFirstName, SubscriberMiddleName, last, SubscriberSuffix) : null;

    /// <summary>A claim for a person names them by first and last name; of an accident the subscriber may be an employer.</summary>
    public bool LacksFirstName => SubscriberLastName is not null && SubscriberFirstName is null && CaseId is null;

    /// <summary>The subscriber as typed; null when it is the patient.</summary>
    public Subscriber? HeldBy() => SubscriberLastName is not { } last ? null : new(
        SubscriberFirstName, SubscriberMiddleName, last, SubscriberSuffix, SubscriberBirthDate, SubscriberSex,
        SubscriberAddress, SubscriberAddress2, SubscriberCity, SubscriberState, SubscriberZip);

    /// <param name="subscriber">Null when it is the patient.</param>
    public void HoldBy(Subscriber? subscriber)
    {
        (SubscriberFirstName, SubscriberMiddleName, SubscriberLastName, SubscriberSuffix) =
            (subscriber?.FirstName, subscriber?.MiddleName, subscriber?.LastName, subscriber?.Suffix);
        (SubscriberBirthDate, SubscriberSex) = (subscriber?.BirthDate, subscriber?.Sex);
        (SubscriberAddress, SubscriberAddress2, SubscriberCity, SubscriberState, SubscriberZip) =
            (subscriber?.Address, subscriber?.Address2, subscriber?.City, subscriber?.State, subscriber?.Zip);
    }

    public CoverageChanged Changed(Payer payer, Patient patient, DateOnly day) => new(
        Id, Version + SubscriberVersion, PatientId, BenefitLine, CaseId, Rank, PayerId, payer.Name, payer.PayerNumber, payer.ClaimFilingCode,
        MemberId, GroupNumber, GroupName, PlanName, PlanType, Relationship, HeldBy() ?? patient.AsSubscriber(day), EffectiveFrom, EffectiveTo,
        CopayOffice, CopaySpecialist, CopayUrgent, CopayPreventive, CopayTelehealth, VerifiedAt);

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
