using Modular.Sdk;

namespace Modular.Patients.Messages;

/// <summary>
/// A coverage was added, changed, verified or ended, or the patient who is its subscriber changed. Whole state, with what a claim names. What it
/// says of the payer is as it was when this was sent: <see cref="PayerChanged"/> tells of a change there.
/// </summary>
/// <param name="Version">Grows with every change, those of the patient who is the subscriber included; a lower one than already seen is late and ignored.</param>
/// <param name="BenefitLine">medical, dental, vision, behavioral, pharmacy, or case.</param>
/// <param name="CaseId">Set exactly when the line is case.</param>
/// <param name="Rank">1 primary, 2 secondary, 3 tertiary; one of each on a day within line and case. Claims say P, S, T (837P SBR01).</param>
/// <param name="ClaimFilingCode">What kind of payer a claim goes to, as claims say it (837P SBR09): CI, MB, 12; null when it is not known.</param>
/// <param name="GroupName">The employer or group whose plan it is (SBR04); null when it is not known.</param>
/// <param name="PlanName">As printed on the card.</param>
/// <param name="Relationship">
/// What the patient is to the subscriber: self (18 on a claim), spouse (01), child (19), partner (53), employee (20), organ-donor (39),
/// cadaver-donor (40), other (G8), unknown (21).
/// </param>
/// <param name="Subscriber">Whose plan it is: the patient's own facts when the relationship is self.</param>
/// <param name="EffectiveTo">The last day covered; null while it runs.</param>
[Message("patients.coverage-changed.v1", Needs = PatientsPermissions.Read, Patients = [nameof(PatientId)])]
public sealed record CoverageChanged(
    Guid CoverageId, int Version, Guid PatientId, string BenefitLine, Guid? CaseId, int Rank, Guid PayerId, string PayerName, string? PayerNumber,
    string? ClaimFilingCode, string MemberId, string? GroupNumber, string? GroupName, string? PlanName, string? PlanType, string Relationship,
    Subscriber Subscriber, DateOnly EffectiveFrom, DateOnly? EffectiveTo, decimal? CopayOffice, decimal? CopaySpecialist, decimal? CopayUrgent,
    decimal? CopayPreventive, decimal? CopayTelehealth, DateTimeOffset? VerifiedAt);

/// <summary>Whose plan a coverage is.</summary>
/// <param name="FirstName">Null for an employer, and where only the whole name is known: a claim for a person needs it.</param>
/// <param name="LastName">Or the employer's name, or a whole name that could not be taken apart.</param>
/// <param name="Suffix">Behind the last name: Jr., III.</param>
/// <param name="Sex">One of F, M, X, U; null when it is not known.</param>
/// <param name="Address">
/// Where the subscriber lives; of a patient who asked for one, the confidential address in its place. Null when it is not known, as each part may be.
/// </param>
/// <param name="State">Two letters.</param>
/// <param name="Zip">Five or nine digits, without hyphen.</param>
public sealed record Subscriber(
    string? FirstName, string? MiddleName, string LastName, string? Suffix, DateOnly? BirthDate, string? Sex,
    string? Address, string? Address2, string? City, string? State, string? Zip);

/// <summary>Asks which coverages of a patient run on a day, the health plan's and those of cases; for the desk that sees the card.</summary>
[Message("patients.find-coverage.v1", OneHandler = true)]
public sealed record FindCoverage(Guid PatientId, DateOnly Day);

/// <param name="Coverages">By line, case and rank.</param>
[Message("patients.coverage-found.v1")]
public sealed record CoverageFound(IReadOnlyList<CoverageChanged> Coverages);
