using Modular.Sdk;

namespace Modular.Patients.Messages;

/// <summary>
/// Registers a new patient with the little that is known at the desk or on the phone; the rest waits on the "to finish" list.
/// Invoked inside the asker's transaction: when what follows is refused, the patient was never registered.
/// Whoever asks has checked that the person may register patients.
/// </summary>
/// <param name="BirthDate">As typed: 010548, 1/5/48.</param>
/// <param name="Sex">One of F, M, X, U.</param>
/// <param name="Anyway">The person saw that a patient of this name and birth date exists.</param>
[Message("patients.register-patient.v1", OneHandler = true)]
public sealed record RegisterPatient(string? LastName, string? FirstName, string? BirthDate, string? Sex, string? Phone, bool Anyway = false);

/// <param name="PatientId">Null when refused.</param>
/// <param name="Errors">Sentences by field, named as in <see cref="RegisterPatient"/>.</param>
/// <param name="Same">Patients it may be already.</param>
[Message("patients.patient-registered.v1")]
public sealed record PatientRegistered(Guid? PatientId, IReadOnlyList<KeyValuePair<string, string>> Errors, IReadOnlyList<Guid> Same);
