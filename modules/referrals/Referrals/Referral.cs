using Modular.Referrals.Messages;
using Modular.Referrals.Reactions;
using Modular.Referrals.Specialists;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Referrals.Referrals;

/// <summary>A patient who needs a specialist, from the first word to the specialist's reply. Its steps are in ReferralSteps.cs and ReferralProgress.cs.</summary>
public sealed partial class Referral : IVersioned, IAtLocation, IOfPatient, IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid LocationId { get; init; }

    /// <summary>Of the location: its days are the referral's.</summary>
    public required string Zone { get; init; }
    public required Guid PatientId { get; init; }
    public required string PatientName { get; init; }
    public Guid SpecialistId { get; private set; }
    public string SpecialistName { get; private set; } = "";
    public string? Specialty { get; private set; }
    public string Reason { get; set; } = "";
    public string Urgency { get; private set; } = Referrals.Urgency.Routine;
    public Guid? AskedById { get; private set; }
    public string? AskedBy { get; private set; }
    public Guid? CoverageId { get; private set; }
    public Guid? CaseId { get; private set; }
    public required DateOnly WrittenOn { get; init; }
    public required string WrittenBy { get; init; }

    /// <summary>Made with the form: sent twice, it is one referral.</summary>
    public required Guid FormKey { get; init; }

    /// <summary>Who looks after it.</summary>
    public Guid? OwnerId { get; set; }
    public string? Owner { get; set; }

    public Step Step { get; private set; }
    public PlanAnswer? Authorization { get; private set; }
    public string? AuthorizationNumber { get; private set; }
    public DateOnly? AuthorizationUntil { get; private set; }
    public int? AuthorizationVisits { get; private set; }
    public DateOnly? CheckedOn { get; private set; }
    public DateOnly? SentOn { get; private set; }
    public string? SentHow { get; private set; }
    public string? SentTo { get; private set; }
    public string? SentWhat { get; private set; }

    /// <summary>What left the practice, in the patient's disclosures.</summary>
    public Guid? DisclosureId { get; private set; }
    public DateOnly? AppointmentOn { get; private set; }
    public TimeOnly? AppointmentAt { get; private set; }
    public DateOnly? ToldOn { get; private set; }
    public string? ToldHow { get; private set; }
    public DateOnly? MissedOn { get; private set; }
    public DateOnly? SeenOn { get; private set; }
    public DateOnly? ReplyOn { get; private set; }
    public string? Reply { get; private set; }
    public Guid? ReplyFileId { get; private set; }
    public DateOnly? EndedOn { get; private set; }
    public string? EndReason { get; private set; }

    /// <summary>By when the next step is due; null once it has ended.</summary>
    public DateOnly? DueOn { get; private set; }
    public bool Overdue { get; private set; }

    /// <summary>The last day of the plan it is under, when the plan is known to end.</summary>
    public DateOnly? CoverageEndsOn { get; private set; }

    /// <summary>The plan ends before the patient is seen: somebody has to find out who pays now.</summary>
    public bool CoverageEnded { get; private set; }

    /// <summary>What happened to it.</summary>
    public List<StepLine<Referral>> Changes { get; } = [];

    Guid? IOfPatient.PatientId => PatientId;

    public bool IsOpen => EndedOn is null;

    public string To => Specialty is null ? SpecialistName : $"{SpecialistName}, {Specialty.ToLowerInvariant()}";

    /// <summary>What the person decides; a new urgency brings a new date.</summary>
    public void Set(Specialist to, KnownStaffMember? askedBy, KnownCoverage? under, string reason, string urgency, Moment now)
    {
        (SpecialistId, SpecialistName, Specialty) = (to.Id, to.Name, to.Specialty);
        (AskedById, AskedBy, CoverageId, CaseId) = (askedBy?.Id, askedBy?.Name, under?.Id, under?.CaseId);
        (Reason, Urgency, CoverageEndsOn) = (reason, urgency, under?.EffectiveTo);
        DueOn = Due(now.Settings);
        Watch(now.Today);
    }

    /// <returns>True when it matters to this referral: the plan ends before the patient is seen, or no longer does.</returns>
    public bool PlanEnds(DateOnly? on, DateOnly today)
    {
        CoverageEndsOn = on;
        return Watch(today);
    }

    /// <summary>What the passing of time does to it: overdue, or the plan it is under has ended.</summary>
    /// <returns>True when either is new.</returns>
    public bool Watch(DateOnly today)
    {
        var before = (Overdue, CoverageEnded);
        Overdue = DueOn < today;
        CoverageEnded = IsOpen && SeenOn is null && ReplyOn is null && CoverageEndsOn < (AppointmentOn > today ? AppointmentOn : today);
        return before != (Overdue, CoverageEnded);
    }

    public ReferralChanged State(string? npi) => new(
        Id, Version, PatientId, LocationId, SpecialistId, SpecialistName, npi, Specialty, Reason, Urgency, Step.Text(), AskedById, CoverageId, CaseId,
        AuthorizationNumber, AuthorizationUntil, AuthorizationVisits, WrittenOn, SentOn, AppointmentOn, ToldOn, SeenOn, ReplyOn, EndedOn, EndReason, DueOn, Overdue, CoverageEndsOn, CoverageEnded);
}
