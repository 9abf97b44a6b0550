using Modular.Sdk;

namespace Modular.Patients.Messages;

/// <summary>A patient was registered or changed. Carries the whole state that others show, so that a projection is one upsert guarded by <paramref name="Version"/>.</summary>
/// <param name="Version">Grows with every change; a lower one than already seen is late and ignored.</param>
/// <param name="RecordNumber">The practice's own number, shown to people.</param>
/// <param name="Sex">One of F, M, X, U.</param>
/// <param name="Restricted">Only people with break-glass may open the chart.</param>
/// <param name="Language">To speak and write to the patient in, ISO 639-1.</param>
[Message("patients.patient-changed.v1", Needs = PatientsPermissions.Read, Patients = [nameof(PatientId)])]
public sealed record PatientChanged(
    Guid PatientId,
    int Version,
    string RecordNumber,
    string FirstName,
    string LastName,
    string? PreferredName,
    DateOnly BirthDate,
    string Sex,
    string? Phone,
    string? Email,
    bool Restricted,
    bool Active,
    string Language = "en")
{
    public string? MiddleName { get; init; }

    /// <summary>Behind the last name: Jr., III.</summary>
    public string? Suffix { get; init; }

    /// <summary>
    /// Where the patient lives, or the confidential address in its place (45 CFR 164.522(b)): what a claim names. To write to the patient ask
    /// with <see cref="FindReach"/>. Null when it is not known, as each part may be.
    /// </summary>
    public string? Address { get; init; }
    public string? Address2 { get; init; }
    public string? City { get; init; }

    /// <summary>Two letters: <c>OH</c>.</summary>
    public string? State { get; init; }

    /// <summary>Five or nine digits, without hyphen.</summary>
    public string? Zip { get; init; }

    /// <summary>The patient is not active since.</summary>
    public DateOnly? DeceasedOn { get; init; }

    /// <summary>Who gets the bills for what the patient owes today; null: the patient.</summary>
    public Guarantor? Guarantor { get; init; }
}

/// <summary>Who pays what a patient owes, in the patient's place.</summary>
/// <param name="FirstName">Null for an organization, and where only the whole name is known.</param>
/// <param name="LastName">Or the organization's name, or a whole name that could not be taken apart.</param>
/// <param name="Suffix">Behind the last name: Jr., III.</param>
/// <param name="Relationship">
/// What the guarantor is to the patient: spouse, parent, guardian, child, sibling, grandparent, partner, friend, caregiver, attorney, other.
/// </param>
/// <param name="Address">
/// The guarantor's own, or the patient's where they live together; null when it is not known, and where the patient asked to be reached
/// in another way only (45 CFR 164.522(b)): then it must not be filled from anywhere else.
/// </param>
/// <param name="State">Two letters.</param>
/// <param name="Zip">Five or nine digits, without hyphen.</param>
/// <param name="Phone">Ten digits, or with + and the country.</param>
public sealed record Guarantor(
    string? FirstName, string? MiddleName, string LastName, string? Suffix, string Relationship,
    string? Address, string? Address2, string? City, string? State, string? Zip, string? Phone);

/// <summary>Asks for the present state of patients; for a page that misses rows of its projection.</summary>
[Message("patients.find-patients.v1", OneHandler = true)]
public sealed record FindPatients(IReadOnlyList<Guid> PatientIds);

/// <param name="Patients">Those that exist; unknown ids are left out.</param>
[Message("patients.patients-found.v1")]
public sealed record PatientsFound(IReadOnlyList<PatientChanged> Patients);

/// <summary>The patient no longer exists here: the import that brought it was undone before anybody used it.</summary>
[Message("patients.patient-removed.v1", Needs = PatientsPermissions.Read, Patients = [nameof(PatientId)])]
public sealed record PatientRemoved(Guid PatientId);

/// <summary>How a patient is to be reached has changed: an address for a season, or a confidential one. Ask with <see cref="FindReach"/> when you write.</summary>
[Message("patients.patient-reach-changed.v1", Needs = PatientsPermissions.Read, Patients = [nameof(PatientId)])]
public sealed record PatientReachChanged(Guid PatientId);

/// <summary>Asks how to reach patients on a day. Whoever sends a letter, a text or a statement asks this, and uses nothing else.</summary>
[Message("patients.find-reach.v1", OneHandler = true)]
public sealed record FindReach(IReadOnlyList<Guid> PatientIds, DateOnly Day);

/// <param name="Patients">Those that exist.</param>
[Message("patients.reach-found.v1")]
public sealed record ReachFound(IReadOnlyList<PatientReach> Patients);

/// <param name="Channel">What the patient prefers: mobile, home, work, email, mail, none; null for no wish.</param>
/// <param name="TextsAllowed">The patient consented to texts to the mobile number.</param>
/// <param name="Confidential">The patient asked for this way; what is empty here must not be filled from anywhere else (45 CFR 164.522(b)).</param>
public sealed record PatientReach(
    Guid PatientId, string Name, string Language, string? Channel,
    string? CareOf, string? Address, string? Address2, string? City, string? State, string? Zip,
    string? Phone, string? Email, bool TextsAllowed, bool Confidential);

/// <summary>A case was opened, changed or closed: an accident whose payer stands beside the health plan. Whole state.</summary>
/// <param name="Kind">One of workers-comp, auto, liability, other.</param>
/// <param name="ClosedOn">The last day it is open; null while it runs.</param>
[Message("patients.case-changed.v1", Needs = PatientsPermissions.Read, Patients = [nameof(PatientId)])]
public sealed record CaseChanged(
    Guid CaseId, int Version, Guid PatientId, string Kind, string Title, DateOnly AccidentOn, string? AccidentState, string? ClaimNumber, string? Employer,
    DateOnly OpenedOn, DateOnly? ClosedOn);

/// <summary>
/// Two records of one person were made one, or that was taken back. Rows of every module were moved in the same transaction already;
/// what is left to do is what a module shows beside them: names it copied, a list that offered the record that is gone.
/// </summary>
/// <param name="Undone">False: <paramref name="GoneId"/> is no longer a patient of its own. True: both are separate again.</param>
[Message("patients.patients-merged.v1", Needs = PatientsPermissions.Read, Patients = [nameof(KeptId), nameof(GoneId)])]
public sealed record PatientsMerged(Guid KeptId, Guid GoneId, bool Undone);
