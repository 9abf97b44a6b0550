namespace Modular.Sdk;

/// <summary>An editable row. <see cref="Version"/> starts at 1, grows by one with every save, and is concurrency token, ETag and message version in one.</summary>
public interface IVersioned
{
    Guid Id { get; }
    int Version { get; set; }
}

/// <summary>A row that belongs to one place; readers without that place never see it.</summary>
public interface IAtLocation
{
    Guid LocationId { get; }
}

/// <summary>
/// A row about one patient, or the patient itself; its changes show in the patient's history, and it is in no query of whoever the
/// patient's chart is shut to. The column is <c>PatientId</c>, or the id of the patient itself.
/// </summary>
public interface IOfPatient
{
    Guid? PatientId { get; }
}

/// <summary>
/// Keeps a property out of the change log's values (the change itself is logged): a secret, a file's text.
/// On a class: no entry at all, because the row repeats what its owner logged, such as a projection fed by messages.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class NotLoggedAttribute : Attribute;
