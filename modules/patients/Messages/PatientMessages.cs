using Modular.Sdk;

namespace Modular.Patients.Messages;

/// <summary>A patient was registered or changed. Carries the whole state that others show, so that a projection is one upsert guarded by <paramref name="Version"/>.</summary>
/// <param name="Version">Grows with every change; a lower one than already seen is late and ignored.</param>
/// <param name="RecordNumber">The practice's own number, shown to people.</param>
/// <param name="Sex">One of F, M, X, U.</param>
/// <param name="Restricted">Only people with break-glass may open the chart.</param>
/// <param name="Language">To speak and write to the patient in, ISO 639-1.</param>
[Message("patients.patient-changed.v1")]
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
    string Language = "en");

/// <summary>Asks for the present state of patients; for a page that misses rows of its projection.</summary>
[Message("patients.find-patients.v1", OneHandler = true)]
public sealed record FindPatients(IReadOnlyList<Guid> PatientIds);

/// <param name="Patients">Those that exist; unknown ids are left out.</param>
[Message("patients.patients-found.v1")]
public sealed record PatientsFound(IReadOnlyList<PatientChanged> Patients);

/// <summary>The patient no longer exists here: the import that brought it was undone before anybody used it.</summary>
[Message("patients.patient-removed.v1")]
public sealed record PatientRemoved(Guid PatientId);
