namespace Modular.Sdk;

/// <summary>
/// A row about one patient, or the patient itself; its changes show in the patient's history, and it is in no query of whoever the
/// patient's chart is shut to. The column is <c>PatientId</c>, or the id of the patient itself.
/// </summary>
public interface IOfPatient
{
    Guid? PatientId { get; }
}
